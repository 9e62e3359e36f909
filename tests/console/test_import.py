"""Importing in the browser: the same files as on the command line, with a preview before."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.service import visits
from kiosk.service.office import Office
from kiosk.settings.profiles import load_profile
from tests.console.axe import faults
from tests.console.box import Box, running_box
from tests.console.conftest import log_in
from tests.files.handed_in import CASES, FOLDER, PROFILE, TODAY, HandedIn, stored
from tests.prepared import new_database
from tests.town import TownClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx


SIZES = ((1366, 768), (768, 1024), (390, 844), (320, 256))
WRONG = "Datum;Standort;Beginn;Ende\n02.12.2026;Schalker Mart;09:00;13:00\n"


@pytest.fixture(scope="module")
def _city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    database = new_database(tmp_path_factory.mktemp("import") / "kiosk.db")
    with running_box(Office(database, load_profile(PROFILE)), TownClock()) as box:
        yield box
    database.close()


@pytest.fixture
def city(_city: Box) -> Iterator[Box]:
    """A console with a shipped profile, on the day of the files; nothing is planned or expected."""
    _city.clock.wall = TODAY
    yield _city
    _city.reset_day()
    with _city.office.database.write() as connection:
        connection.execute("DELETE FROM planned_visit")


@pytest.fixture(scope="module")
def _laptop(chromium: Browser, _city: Box) -> Iterator[Page]:
    with chromium.new_context(base_url=_city.url, locale="de-DE") as context:
        yield context.new_page()


@pytest.fixture
def page(_laptop: Page, city: Box) -> Page:
    """A page of staff, who have just logged in; each test goes where it begins."""
    _laptop.set_viewport_size({"width": 1366, "height": 768})
    log_in(_laptop.context, city)
    return _laptop


def staff(box: Box) -> httpx.Client:
    """A browser's requests, logged in, with the token against forged ones."""
    client = box.stranger()
    box.log_in(client)
    client.headers["X-CSRF-Token"] = token_in(client)
    return client


def token_in(client: httpx.Client) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/staff/import/timetable").text)
    assert found
    return found[1]


def preview(client: httpx.Client, what: str, name: str, content: bytes) -> httpx.Response:
    address = f"/staff/import/{what}/preview"
    return client.post(address, params={"name": name}, content=content)


def confirm(client: httpx.Client, what: str, previewed: httpx.Response) -> httpx.Response:
    found = re.search(r'data-confirm="([^"]+)"', previewed.text)
    assert found, previewed.text
    return client.post(f"/staff/import/{what}/confirm", params={"token": found[1]})


def known(box: Box, what: str) -> list[str]:
    """What is planned or expected, as in `HandedIn`."""
    with box.office.database.read() as connection:
        return stored(connection, what)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_becomes_what_was_meant(city: Box, case: HandedIn) -> None:
    client = staff(city)
    for name in case.files:
        before = known(city, case.what)
        previewed = preview(client, case.what, name, (FOLDER / name).read_bytes())
        assert known(city, case.what) == before
        done = confirm(client, case.what, previewed)
        assert (previewed.status_code, done.status_code) == (200, 200)
        again = preview(client, case.what, name, (FOLDER / name).read_bytes())
        assert "Es würde sich nichts ändern" in again.text
    assert tuple(known(city, case.what)) == case.becomes


def test_only_staff_with_their_own_token_import(city: Box) -> None:
    content = (FOLDER / "a07.ics").read_bytes()
    stranger = city.stranger()
    assert preview(stranger, "timetable", "a07.ics", content).status_code == 401
    assert stranger.get("/staff/import/timetable").headers["location"] == "/staff/login"
    client = staff(city)
    previewed = preview(client, "timetable", "a07.ics", content)
    forged = staff(city)
    assert confirm(forged, "timetable", previewed).status_code == 410  # of another session
    del forged.headers["X-CSRF-Token"]
    assert preview(forged, "timetable", "a07.ics", content).status_code == 403
    assert client.get("/staff/import/users").status_code == 404
    assert known(city, "timetable") == []


def test_a_file_is_bounded_and_nothing_of_it_stays(city: Box) -> None:
    client = staff(city)
    assert preview(client, "timetable", "a.csv", b"x" * 2_000_001).status_code == 413
    name = "Erika-Mustermann-4711.csv"
    text = "Datum;Uhrzeit;Anliegen;Name\n02.12.2026;10:00;Wohngeld;Erika Mustermann\n"
    previewed = preview(client, "appointments", name, text.encode())
    assert "Wohngeld" in previewed.text
    assert confirm(client, "appointments", previewed).status_code == 200
    for file in filter(Path.is_file, city.office.database.path.parent.rglob("*")):
        assert b"Mustermann" not in file.read_bytes(), file
    assert confirm(client, "appointments", previewed).status_code == 410  # once is enough


def test_a_preview_is_too_old_after_a_quarter_of_an_hour(city: Box) -> None:
    client = staff(city)
    previewed = preview(client, "timetable", "a07.ics", (FOLDER / "a07.ics").read_bytes())
    city.clock.pass_s(15 * 60)
    assert confirm(client, "timetable", previewed).status_code == 410
    assert known(city, "timetable") == []


def test_without_a_clock_nothing_is_read(city: Box) -> None:
    client = staff(city)
    city.clock.trusted = False
    try:
        client.headers["Accept-Language"] = "de"
        refused = preview(client, "timetable", "a07.ics", (FOLDER / "a07.ics").read_bytes())
    finally:
        city.clock.trusted = True
    assert refused.status_code == 409
    assert "Die Uhr des Geräts ist nicht gestellt" in refused.json()["detail"]


def test_an_open_visit_survives_an_import_unchanged(city: Box) -> None:
    visits.open_visit(city.office, "schalke-markt", ["wohngeld"], city.clock())
    client = staff(city)
    today = "Datum;Standort;Beginn;Ende;Status\n28.11.2026;Schalker Markt;08:00;16:00;entfällt\n"
    previewed = preview(client, "timetable", "plan.csv", today.encode())
    assert "Der geöffnete Einsatz (Schalker Markt) läuft weiter, wie er ist." in previewed.text
    assert confirm(client, "timetable", previewed).status_code == 200
    visit = city.office.read(visits.current_visit)
    assert visit
    assert (visit.stop, visit.topics) == ("schalke-markt", ("wohngeld",))


def choose(page: Page, what: str, name: str, content: bytes | None = None) -> None:
    """Go to the page, choose a file and have it checked."""
    page.goto(f"/staff/import/{what}")
    content = (FOLDER / name).read_bytes() if content is None else content
    page.get_by_label("Tabelle (.csv) oder Kalender (.ics)").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": content}
    )
    page.get_by_role("button", name="Prüfen").click()


@pytest.mark.slow  # a real browser
def test_staff_see_what_would_change_and_agree(page: Page, city: Box) -> None:
    page.goto("/staff/timetable")
    page.get_by_role("link", name="Jahresplan einlesen").click()
    choose(page, "timetable", "a14-series.ics")
    expect(page.get_by_role("heading", name="Was sich ändern würde")).to_be_focused()
    expect(page.get_by_role("region", name="Neu (3)").get_by_role("listitem")).to_have_text(
        [f"Mi. {day}. Dez. 2026 09:00\u201313:00 Schalker Markt · Bus" for day in (2, 9, 16)]
    )
    page.get_by_role("button", name="Einlesen").click()
    expect(page.get_by_role("heading", name="Eingelesen")).to_be_focused()
    choose(page, "timetable", "a14-cancel.ics")
    gone = page.get_by_role("region", name="Entfällt (1)").get_by_role("listitem")
    expect(gone).to_have_text("Mi. 9. Dez. 2026 09:00\u201313:00 Schalker Markt · Bus")
    page.get_by_role("button", name="Verwerfen").click()
    expect(page.get_by_role("heading", name="Was sich ändern würde")).to_be_hidden()
    assert not [line for line in known(city, "timetable") if line.startswith("-")]


@pytest.mark.slow  # a real browser
def test_by_keyboard_alone_without_barriers_and_nothing_cut_off(page: Page, city: Box) -> None:
    choose(page, "appointments", "b17.csv")
    expect(page.get_by_text("Nicht gelesene Spalten: Anzahl Personen")).to_be_visible()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Einlesen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Eingelesen")).to_be_focused()
    assert faults(page) == []
    assert known(city, "appointments") == ["2026-12-02 10:00 wohngeld"]


@pytest.mark.slow  # a real browser
def test_faults_are_reported_in_german_with_line_and_remedy(page: Page, city: Box) -> None:
    choose(page, "timetable", "plan.csv", WRONG.encode())
    expect(page.get_by_role("heading", name="Es wurde nichts eingelesen")).to_be_focused()
    expect(page.get_by_role("listitem")).to_have_text(
        "Zeile 2 Einsatz am 02.12.2026: diesen Standort gibt es nicht: „Schalker Mart“."
        " Meinten Sie „Schalker Markt“?"
    )
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert known(city, "timetable") == []


@pytest.mark.slow  # two real browsers
def test_of_two_who_import_at_once_the_second_looks_again(
    chromium: Browser, page: Page, city: Box
) -> None:
    with chromium.new_context(base_url=city.url, locale="de-DE") as other:
        log_in(other, city)
        first, second = page, other.new_page()
        for each in (first, second):
            choose(each, "timetable", "a14-series.ics")
            expect(each.get_by_role("heading", name="Was sich ändern würde")).to_be_visible()
        first.get_by_role("button", name="Einlesen").click()
        expect(first.get_by_role("heading", name="Eingelesen")).to_be_visible()
        second.get_by_role("button", name="Einlesen").click()
        expect(second.get_by_text("Inzwischen hat sich etwas geändert.")).to_be_visible()
        expect(second.get_by_role("heading", name="Es würde sich nichts ändern")).to_be_visible()


@pytest.mark.slow  # a real browser
def test_a_file_that_changes_after_the_preview_is_imported_as_it_was_shown(
    page: Page, city: Box, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("upload") / "plan.ics"
    file.write_bytes((FOLDER / "a07.ics").read_bytes())
    page.goto("/staff/import/timetable")
    page.get_by_label("Tabelle (.csv) oder Kalender (.ics)").set_input_files(file)
    page.get_by_role("button", name="Prüfen").click()
    expect(page.get_by_role("heading", name="Was sich ändern würde")).to_be_visible()
    file.write_bytes((FOLDER / "a06.ics").read_bytes())
    page.get_by_role("button", name="Einlesen").click()
    expect(page.get_by_role("heading", name="Eingelesen")).to_be_visible()
    assert known(city, "timetable") == [f"2026-12-{day} 09:00-13:00" for day in ("02", "09", "16")]
