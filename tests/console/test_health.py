"""The health of the box as staff read it: what it means, what to do, whom to call."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from hardware.trouble import Trouble
from kiosk.console.http.context import Equipment
from kiosk.devices.check_words import CHECKS as WORDS
from kiosk.devices.check_words import KINDS, words_of_check
from kiosk.devices.kinds import words_of
from kiosk.operate import doctor
from kiosk.service.doors import paths_of
from kiosk.settings.config import DEVICE_KINDS
from kiosk.system.health_report import HealthCheck, HealthReport, Level, save_report
from kiosk.system.requested_job import UNANSWERED_S, RequestedJob
from tests.console.axe import faults
from tests.console.box import Box, csrf_of, running_box
from tests.console.conftest import log_in
from tests.console.test_devices import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.service.office import Office
    from tests.town import TownClock

HELP = "Leitstelle, Telefon 0209 12345"


def check(
    name: str,
    result: Level,
    kind: str = "",
    *,
    examined: bool = True,
    troubles: tuple[str, ...] = (),
) -> HealthCheck:
    cause = f"{name} <told> in English."
    return HealthCheck(name, result, cause, "Run: it.", kind, examined, troubles=troubles)


def found(box: Box, *checks: HealthCheck) -> None:
    save_report(paths_of(box.office), HealthReport(box.clock().as_text(), [*checks]))


@pytest.fixture
def asking(office: Office, clock: TownClock) -> Iterator[Box]:
    """A box whose requests nobody answers, as where systemd watches them."""
    paths = paths_of(office)
    jobs = [
        RequestedJob(paths.runtime / f"{result.name}-request", result, None)
        for result in (paths.health_report, paths.support_bundle)
    ]
    equipment = Equipment(health=jobs[0], support=jobs[1], help_desk=HELP)
    with running_box(office, clock, equipment=equipment) as box:
        yield box


def page_of(box: Box, path: str = "/staff/health") -> str:
    client = box.stranger()
    box.log_in(client)
    return client.get(path).text


def test_every_check_of_the_doctor_has_words_for_staff() -> None:
    assert {each.__name__ for each in doctor.CHECKS} == set(WORDS)
    assert set(KINDS) == set(DEVICE_KINDS)
    for words in WORDS.values():
        sentences = (words.good, words.meaning, words.todo)
        assert all(sentence.endswith(".") for sentence in sentences), words.title
        for technical in ("Port", "Server", "systemd", "kiosk", "TLS", "config"):
            assert technical not in " ".join(words), words.title


def test_a_check_of_tomorrow_is_shown_by_its_name() -> None:
    assert words_of_check(check("quantum", "failure")).title == "quantum"


def test_a_device_that_this_bus_lacks_is_not_called_ready() -> None:
    lacking = msgspec.structs.replace(check("printer", "ok", "printer"), variant="absent")
    assert words_of_check(lacking).good == "In diesem Bus nicht vorhanden."
    assert words_of_check(check("printer", "ok", "printer")).good == "Bereit."


def test_the_worst_comes_first_and_what_is_good_is_folded(asking: Box) -> None:
    asking.clock.trusted = False
    found(
        asking,
        check("fonts", "ok"),
        check("clock", "warning"),
        check("upload", "warning", examined=False),
        check("disk", "failure"),
        check("printer", "failure", "printer"),
    )
    page = page_of(asking)
    titles = re.findall(r'<span class="level">([^<]+)</span> <span>([^<]+)</span>', page)
    assert titles == [
        ("Störung", "Speicher"),
        ("Störung", "Drucker"),
        ("Achtung", "Uhr"),
        ("Nicht geprüft", "Übertragung an die Stadt"),
    ]
    assert "Es gibt 2 Störungen." in page
    assert "Es kommen keine Zettel." in page
    assert "disk &lt;told&gt; in English. Run: it." in page
    assert re.search(r"In Ordnung: 1</summary>\s*<ul[^>]*>\s*<li><strong>Schriften", page)
    assert HELP in page
    assert "Zuletzt geprüft gerade eben" in page


def test_what_a_device_reports_now_takes_the_place_of_an_older_finding(asking: Box) -> None:
    found(asking, check("printer", "ok", "printer"))
    say(asking, "printer", "paper_out")
    page = page_of(asking)
    assert "Es gibt eine Störung." in page
    assert "Bitte legen Sie eine neue Rolle ein." in page
    assert "In Ordnung: 1" not in page


@pytest.mark.parametrize("trouble", Trouble)
@pytest.mark.parametrize("kind", DEVICE_KINDS)
def test_a_stored_finding_says_what_the_device_says_itself(kind: str, trouble: Trouble) -> None:
    words = words_of_check(check("its name", "warning", kind, troubles=(trouble.value,)))
    assert words.meaning.startswith(words_of(kind, trouble).full)
    assert (KINDS[kind] in words.meaning) is not trouble.harmless
    assert words.todo == words_of(kind, trouble).remedy


def test_a_stored_finding_of_the_board_is_no_false_alarm(asking: Box) -> None:
    found(asking, check("board", "warning", "board", troubles=("hot", "throttled")))
    page = page_of(asking)
    assert "Der Rechner wird zu heiß. Der Rechner arbeitet langsamer" in page
    assert "Kabel" not in page


def test_a_clock_that_is_not_set_is_one_row_with_the_way_to_set_it(asking: Box) -> None:
    asking.clock.trusted = False
    say(asking, "board", "clock_unknown")
    for checks in ((check("clock", "ok"),), (check("clock", "warning"), check("board", "ok"))):
        found(asking, *checks)
        page = page_of(asking)
        assert "Auf eine Sache sollten Sie achten." in page
        assert re.findall(r'<span class="level">[^<]+</span> <span>([^<]+)<', page) == ["Uhr"]
        assert '<a class="button" href="/staff/clock">Uhr stellen</a>' in page
    say(asking, "board", "throttled", "clock_unknown")
    assert "Auf 2 Sachen sollten Sie achten." in page_of(asking)


def test_a_disk_that_fills_up_is_one_row_that_says_what_the_doctor_has_found(asking: Box) -> None:
    say(asking, "board", "disk_full")
    for checks, technical in (
        ((check("disk_space", "ok"),), "disk_space: The disk is almost full."),
        ((check("disk_space", "failure"), check("board", "ok")), "disk_space &lt;told&gt;"),
    ):
        found(asking, *checks)
        page = page_of(asking)
        titles = re.findall(r'<span class="level">[^<]+</span> <span>([^<]+)<', page)
        assert titles == ["Platz im Speicher"]
        assert technical in page


def test_a_clock_that_was_set_meanwhile_is_no_finding_any_more(asking: Box) -> None:
    say(asking, "board", "clock_unknown")
    found(asking, check("clock", "warning"))
    page = page_of(asking)
    assert "Alles ist in Ordnung." in page
    assert "Die Uhr ist gestellt." in page


def test_an_old_or_missing_report_says_so(asking: Box) -> None:
    assert "Diese Box ist noch nicht geprüft." in page_of(asking)
    found(asking, check("clock", "ok"))
    assert "Alles ist in Ordnung." in page_of(asking)
    paths_of(asking.office).health_report.write_bytes(b'{"checked": "torn')
    assert "Diese Box ist noch nicht geprüft." in page_of(asking)
    before = replace(asking.clock(), boot="another", trusted=True)
    save_report(paths_of(asking.office), HealthReport(before.as_text(), [check("clock", "ok")]))
    page = page_of(asking)
    assert "vor dem letzten Einschalten" in page
    assert "Bitte prüfen Sie neu." in page


def test_an_unanswered_request_is_told(asking: Box) -> None:
    health = asking.context.equipment.health
    assert health
    health.request()
    assert 'data-state="running"' in page_of(asking)
    long_ago = health.request_file.stat().st_mtime - UNANSWERED_S
    os.utime(health.request_file, (long_ago, long_ago))
    assert "Die Prüfung hat nicht geantwortet." in page_of(asking)


def test_only_staff_see_and_ask(asking: Box) -> None:
    stranger = asking.stranger()
    assert stranger.get("/staff/health").headers["location"] == "/staff/login"
    paths_of(asking.office).support_bundle.write_bytes(b"encrypted")
    for path in ("view", "support"):
        assert stranger.get(f"/staff/health/{path}").status_code == 401
    for path in ("check", "support"):
        assert stranger.post(f"/staff/health/{path}").status_code == 401
    asking.log_in(stranger)
    assert stranger.post("/staff/health/check").status_code == 403, "without the session's token"
    headers = {"X-CSRF-Token": csrf_of(stranger)}
    assert stranger.post("/staff/health/check", headers=headers).status_code == 202
    file = stranger.get("/staff/health/support")
    assert file.content == b"encrypted"
    assert file.headers["content-disposition"].startswith('attachment; filename="radhaus-support_')


def test_without_a_key_of_the_operator_there_is_no_file(new_box: Box) -> None:
    assert "kein Schlüssel der Technik" in page_of(new_box)
    client = new_box.stranger()
    new_box.log_in(client)
    headers = {"X-CSRF-Token": csrf_of(client)}
    assert client.post("/staff/health/support", headers=headers).status_code == 404


@pytest.fixture
def page(chromium: Browser, asking: Box) -> Iterator[Page]:
    """The page with each level on it, staff logged in."""
    asking.clock.trusted = False
    found(
        asking,
        check("fonts", "ok"),
        check("clock", "warning"),
        check("upload", "warning", examined=False),
        check("disk", "failure"),
    )
    with chromium.new_context(base_url=asking.url) as context:
        log_in(context, asking)
        page = context.new_page()
        page.goto("/staff/health")
        yield page


@pytest.mark.slow  # a real browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_nothing_is_cut_off(
    page: Page, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    for summary in page.locator("summary").all():
        summary.click()
    for width, height in ((1366, 768), (768, 1024), (360, 740), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


@pytest.mark.slow  # a real browser
def test_staff_ask_by_keys_and_read_the_answer(page: Page, asking: Box) -> None:
    for _ in range(4):  # past the links of the bar
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Jetzt prüfen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Die Prüfung läuft …")
    found(asking, check("disk", "ok"))
    expect(page.get_by_role("heading", name="Alles ist in Ordnung.")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Die Prüfung ist fertig.")
    page.get_by_role("button", name="Datei erstellen").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Die Datei wird erstellt …")
    paths_of(asking.office).support_bundle.write_bytes(b"encrypted")
    with page.expect_download() as download:
        page.get_by_role("link", name="Datei herunterladen").click()
    assert Path(download.value.path()).read_bytes() == b"encrypted"
