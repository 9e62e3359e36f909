"""Undo, and the log of what a desk did last."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.domain.record import NO_RECORD
from kiosk.domain.ticket import TicketState
from kiosk.service import staff, undo_log
from tests.browser import hold_moment, stop_clock
from tests.console.at_desk import NEXT, button, expect_empty_desk, person, serve, states
from tests.console.box import Box
from tests.console.conftest import log_in, open_page
from tests.town import FIRST_DESK, RENT, SECOND_DESK

pytestmark = pytest.mark.slow  # a real browser


@pytest.mark.parametrize("way", ["button", "u", "Control+z"])
def test_the_last_action_is_taken_back(desk: Page, box: Box, way: str) -> None:
    serve(desk, box)
    button(desk, "Nicht geholfen").click()
    expect_empty_desk(desk)
    undo = desk.get_by_role("button", name="Rückgängig: A-001, Nicht geholfen")
    expect(undo).to_be_visible()
    if way == "button":
        undo.click()
    else:
        desk.keyboard.press(way)
    person(desk, "A-001", "Wird bedient")
    expect(desk.get_by_text("Rückgängig gemacht.")).to_be_visible()
    expect(button(desk, "Rückgängig: A-001 begonnen")).to_be_visible()


def test_an_action_is_confirmed_for_a_moment_and_not_over_a_dialog(
    new_browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    log_in(new_browser, box)
    desk = open_page(new_browser)
    stop_clock(desk)
    desk.goto("/staff/desks/1")
    serve(desk, box)
    done = desk.get_by_text("Rückgängig gemacht.")
    desk.keyboard.press("u")
    expect(done).to_be_visible()
    desk.clock.fast_forward("00:05")
    expect(done).to_be_visible()
    desk.clock.fast_forward("00:04")
    expect(done).to_be_hidden()
    desk.keyboard.press("u")
    expect(done).to_be_visible()
    desk.keyboard.press("o")
    desk.clock.resume()
    expect(desk.get_by_role("dialog")).to_be_visible()
    expect(done).to_be_hidden()


def test_the_undo_log_lists_five_steps_and_says_which_were_undone(desk: Page, box: Box) -> None:
    serve(desk, box)
    desk.keyboard.press("p")
    expect_empty_desk(desk)
    desk.keyboard.press("n")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Anliegen").select_option("Miete")
    dialog.get_by_role("button", name="Nummer ziehen").click()
    expect(desk.get_by_text("Gezogen: B-001")).to_be_visible()
    desk.keyboard.press("Space")
    person(desk, "B-001", "Aufgerufen")
    desk.keyboard.press("v")
    expect_empty_desk(desk)
    desk.keyboard.press("u")
    person(desk, "B-001", "Aufgerufen")
    steps = desk.get_by_role("region", name="Zuletzt an diesem Platz").get_by_role("listitem")
    told = [
        "B-001 nicht erschienen rückgängig gemacht",
        "B-001 aufgerufen",
        "B-001 gezogen",
        "A-001 geparkt",
        "A-001 begonnen",
    ]
    for step, words in zip(steps.all(), told, strict=True):
        expect(step).to_contain_text(words)
    expect(steps.first.locator("del")).to_have_text("B-001 nicht erschienen")


def test_with_nothing_to_undo_the_button_does_nothing(desk: Page, box: Box) -> None:
    expect(button(desk, "Rückgängig")).to_be_disabled()
    desk.keyboard.press("u")
    box.take()
    expect(desk.get_by_role("row", name="A-001")).to_be_visible()
    expect(desk.locator("#refused")).to_be_empty()


def test_a_double_click_takes_back_one_step(desk: Page, box: Box) -> None:
    serve(desk, box)
    hold_moment(desk)
    button(desk, "Rückgängig: A-001 begonnen").dblclick()
    person(desk, "A-001", "Aufgerufen")
    expect(button(desk, "Rückgängig: A-001 aufgerufen")).to_be_visible()
    assert states(box) == {"A-001": TicketState.CALLED}


def test_a_ticket_changed_at_another_desk_cannot_be_undone_here(desk: Page, box: Box) -> None:
    ticket = serve(desk, box, RENT)
    desk.keyboard.press("p")
    expect_empty_desk(desk)
    staff.call(box.office, SECOND_DESK, ticket.id, box.clock())
    undo = desk.locator("#do-undo")
    expect(undo).to_contain_text("B-001: inzwischen an Platz 2")
    expect(undo).to_be_disabled()
    desk.keyboard.press("u")
    staff.finish(box.office, SECOND_DESK, NO_RECORD, box.clock())
    expect(undo).to_contain_text("B-001: inzwischen anderswo geändert")
    expect(undo).to_be_disabled()
    assert states(box) == {"B-001": TicketState.FINISHED}
    box.take()
    desk.keyboard.press("Space")
    person(desk, "A-001", "Aufgerufen")
    expect(button(desk, "Rückgängig: A-001 aufgerufen")).to_be_enabled()


def test_while_typing_undo_belongs_to_the_text(desk: Page, box: Box) -> None:
    serve(desk, box)
    desk.keyboard.press("2")
    field = desk.get_by_role("dialog").get_by_label("Suchen")
    field.press_sequentially("miete")
    desk.keyboard.press("Control+z")
    desk.keyboard.press("Escape")
    person(desk, "A-001", "Wird bedient")


def test_behind_many_undone_steps_there_is_still_one_to_undo(desk: Page, box: Box) -> None:
    serve(desk, box)
    for _ in range(6):
        staff.park(box.office, FIRST_DESK, box.clock())
        undo_log.undo(box.office, FIRST_DESK, box.clock())
    expect(desk.get_by_text("rückgängig gemacht", exact=True)).to_have_count(5)
    desk.keyboard.press("u")
    person(desk, "A-001", "Aufgerufen")


def test_undo_of_next_restores_the_person_at_the_desk(desk: Page, box: Box) -> None:
    serve(desk, box)
    box.take()
    button(desk, NEXT).click()
    person(desk, "A-002", "Aufgerufen")
    desk.keyboard.press("u")
    person(desk, "A-001", "Wird bedient")
    assert box.office.read(staff.person_at, FIRST_DESK).number == "A-001"
