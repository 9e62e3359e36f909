"""Staff try the buttons: every page says so, nothing counts, and it ends by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from kiosk.domain.feedback import BUTTONS_SURFACE
from kiosk.domain.visit import TRIAL_S
from kiosk.service import citizens, smileys
from tests.console.conftest import staff_page

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.console.box import Box

NOTICE = "Tasten werden geprüft"


def press(box: Box, *scores: int) -> None:
    """All at one moment, however slow the machine is."""
    now = box.clock()
    for score in scores:
        citizens.give_feedback(box.office, score, now, BUTTONS_SURFACE)


def test_a_program_begins_and_ends_a_trial(box: Box) -> None:
    box.open_visit()
    program = box.program()
    begun = program.post("/api/v1/visit/trial", json={"running": True}).json()
    assert begun["scores"] == []
    assert TRIAL_S - 5 < begun["left_s"] <= TRIAL_S
    press(box, 5, 1)
    assert program.get("/api/v1/visit/trial").json()["scores"] == [1, 5]
    ended = program.post("/api/v1/visit/trial", json={"running": False}).json()
    assert ended == {"left_s": 0, "scores": []}


def test_a_trial_is_for_staff_and_for_an_open_visit(box: Box) -> None:
    box.open_visit()
    path, body = "/api/v1/visit/trial", {"running": True}
    assert box.stranger().post(path, json=body).status_code == 401
    assert box.stranger().get(path).status_code == 401
    assert box.program().post(path, json={}).status_code == 400
    box.close_visit()
    assert box.program().post(path, json=body).status_code == 409


def test_metrics_separate_counted_smileys_from_misuse(box: Box) -> None:
    box.open_visit()
    press(box, 5, 5, 1)
    lines = box.program().get("/api/v1/metrics").text.splitlines()
    assert "radhaus_smileys 1" in lines
    assert 'radhaus_presses_set_aside{reason="repeated"} 1' in lines
    assert 'radhaus_presses_set_aside{reason="rattling"} 1' in lines
    assert 'radhaus_presses_set_aside{reason="trial"} 0' in lines


@pytest.mark.slow  # a real browser
def test_staff_try_the_buttons_see_what_arrives_and_how_it_ends(
    desk: Page, browser: BrowserContext, box: Box
) -> None:
    press(box, 4, 4)
    desk.get_by_role("button", name="Einsatz").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Heute 1 Smiley; 1 Druck zählt nicht")
    dialog.get_by_role("button", name="Tasten prüfen").click()
    notice = desk.locator("[data-part=button-trial] .notice")
    expect(notice).to_contain_text("Smileys zählen gerade nicht, noch 1")
    press(box, 2, 5)
    expect(notice).to_contain_text("Schon angekommen: 2, 5")
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    other = staff_page(browser, box, "2")
    expect(other.get_by_text(NOTICE)).to_be_visible()
    for path in ("/staff/timetable", "/staff?choose=true"):
        other.goto(f"{box.url}{path}")
        expect(other.get_by_text(NOTICE)).to_be_visible()
    box.clock.pass_s(TRIAL_S)
    expect(notice).to_be_hidden()
    assert box.office.read(smileys.count_by_misuse)[None] == 1


@pytest.mark.slow  # a real browser
def test_staff_end_a_trial_before_its_time(desk: Page, box: Box) -> None:
    smileys.try_buttons(box.office, box.clock(), running=True)
    desk.get_by_role("button", name="Prüfung beenden").click()
    expect(desk.get_by_text("Smileys zählen wieder")).to_be_visible()
    expect(desk.locator("[data-part=button-trial] .notice")).to_be_hidden()
    press(box, 3)
    assert box.office.read(smileys.count_by_misuse) == {None: 1}
