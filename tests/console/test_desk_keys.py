"""The keys of a desk's page, and what a key or a click too many does, in a browser."""

import pytest
from playwright.sync_api import Locator, Page, expect

from kiosk.domain.outcome import READY_OUTCOMES, Outcome
from kiosk.domain.ticket import TicketState
from kiosk.service import citizens, staff
from kiosk.service.queue_view import queue_view
from tests.browser import hold_moment
from tests.console.at_desk import NEXT, await_dialog_keys, expect_empty_desk, person, serve, states
from tests.console.box import Box
from tests.town import FIRST_DESK, RENT

pytestmark = pytest.mark.slow  # a real browser


def press(page: Page, button: Locator, *, by_hand: bool) -> None:
    """Click a button, or press the key that stands on it."""
    key = button.get_attribute("aria-keyshortcuts")
    assert key
    if by_hand:
        button.click()
    else:
        page.keyboard.press(key)


def test_everything_by_keyboard_alone(desk: Page, box: Box) -> None:
    for _ in range(8):
        box.take()
    expect(desk.get_by_role("heading", name="8 warten")).to_be_visible()
    keys = desk.keyboard
    keys.press("Space")
    person(desk, "A-001", "Aufgerufen")
    keys.press("r")
    keys.press("b")
    person(desk, "A-001", "Wird bedient")
    keys.press("p")
    expect(desk.get_by_role("button", name="Wieder aufrufen A-001")).to_be_visible()
    keys.press("Space")
    person(desk, "A-002", "Aufgerufen")
    keys.press("v")
    expect(desk.get_by_text("Niemand", exact=True)).to_be_visible()
    assert states(box)["A-001"] == TicketState.PARKED
    assert states(box)["A-002"] == TicketState.WAITING


@pytest.mark.parametrize("outcome", READY_OUTCOMES, ids=lambda outcome: outcome.id)
def test_each_outcome_has_its_button_and_key(desk: Page, box: Box, outcome: Outcome) -> None:
    for number in ("A-001", "A-002"):
        box.take()
        staff.call_next(box.office, FIRST_DESK, box.clock())
        person(desk, number, "Aufgerufen")
        button = desk.get_by_role("button", name=outcome.label)
        by_hand = number == "A-001"
        press(desk, button, by_hand=by_hand)
        if outcome.referral:
            await_dialog_keys(desk)
            press(desk, desk.get_by_role("button", name="Ohne Eintrag"), by_hand=by_hand)
        expect(desk.get_by_text("Niemand", exact=True)).to_be_visible()
    assert [ticket.outcome for ticket in box.office.read(queue_view).tickets] == [
        outcome.id,
        outcome.id,
    ]


def test_a_double_click_and_a_held_key_call_once(desk: Page, box: Box) -> None:
    for _ in range(4):
        box.take()
    expect(desk.get_by_role("heading", name="4 warten")).to_be_visible()
    hold_moment(desk)
    desk.get_by_role("button", name=NEXT).dblclick()
    person(desk, "A-001", "Aufgerufen")
    desk.get_by_role("button", name=NEXT).dispatch_event("click")
    for _ in range(5):
        desk.keyboard.down("Space")
    desk.keyboard.up("Space")
    expect(desk.get_by_role("heading", name="3 warten")).to_be_visible()
    assert list(states(box).values()).count(TicketState.CALLED) == 1


def test_after_a_mouse_click_the_space_bar_still_means_next(desk: Page, box: Box) -> None:
    box.take()
    box.take()
    staff.call_next(box.office, FIRST_DESK, box.clock())
    person(desk, "A-001", "Aufgerufen")
    desk.get_by_role("button", name="Beginnen").click()
    person(desk, "A-001", "Wird bedient")
    desk.keyboard.press("Space")
    person(desk, "A-002", "Aufgerufen")


def test_a_call_is_spoken_and_the_focus_stays(desk: Page, box: Box) -> None:
    box.take()
    box.take()
    desk.get_by_role("button", name=NEXT).focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#announcement")).to_have_text("Aufgerufen: A-001, Stelle finden")
    desk.keyboard.press("r")
    citizens.take_ticket(box.office, citizens.TicketRequest(RENT, "de"), box.clock())
    expect(desk.get_by_role("row", name="B-001")).to_be_visible()
    expect(desk.get_by_role("button", name=NEXT)).to_be_focused()


CLOSE_AND_PRESS = """(key) => {
    document.getElementById("dialog").close();
    const { activeElement } = document;
    activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    return activeElement.matches("dialog input");
}"""
"""Whether the field in the closed dialog still got the key: the browser has not drawn since."""


def test_a_key_right_after_a_dialog_was_left_is_the_page_s(desk: Page, box: Box) -> None:
    serve(desk, box)
    desk.keyboard.press("2")
    expect(desk.get_by_role("dialog").get_by_label("Suchen")).to_be_focused()
    await_dialog_keys(desk)
    assert desk.evaluate(CLOSE_AND_PRESS, "4")
    expect_empty_desk(desk)
    assert states(box) == {"A-001": TicketState.FINISHED}


def test_keys_can_be_turned_off(desk: Page, box: Box) -> None:
    box.take()
    desk.get_by_role("button", name="Platz").click()
    desk.get_by_label("Tastenkürzel").uncheck()
    desk.get_by_role("button", name="Schließen").click()
    desk.keyboard.press("Space")
    desk.reload()
    desk.keyboard.press("Space")
    expect(desk.locator("kbd").first).to_be_hidden()
    desk.get_by_role("button", name="Platz").click()
    expect(desk.get_by_label("Tastenkürzel")).not_to_be_checked()
    assert states(box) == {"A-001": TicketState.WAITING}
