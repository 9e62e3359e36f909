"""The end of a visit at a desk: asked for, told at the other desk, taken back, in a browser."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.domain.ticket import TicketState
from kiosk.service.queue_view import queue_view
from tests.console.at_desk import dialog, serve, states
from tests.console.box import Box
from tests.console.conftest import open_page
from tests.town import FIRST_DESK, SECOND_DESK

pytestmark = pytest.mark.slow  # a real browser


@pytest.mark.parametrize("waiting", [0, 1])
def test_a_ticket_taken_while_closing_is_confirmed_is_not_dismissed_unseen(
    desk: Page, box: Box, waiting: int
) -> None:
    for _ in range(waiting):
        box.take()
    opened = dialog(desk, "Einsatz", "Einsatz beenden")
    expect(opened).to_contain_text("1 wartet" if waiting else "Niemand wartet mehr")
    box.take()
    opened.get_by_role("button", name="Einsatz beenden").click()
    told = "2 warten" if waiting else "1 wartet"
    expect(opened.locator("p", has_text=f"Noch nicht fertig: {told}").last).to_be_visible()
    expect(opened.get_by_role("alert").filter(has_text="Noch nicht fertig")).to_be_visible()
    expect(opened.get_by_role("button", name="Abbrechen")).to_be_focused()
    assert len(states(box)) == waiting + 1
    opened.get_by_role("button", name="Einsatz beenden").click()
    expect(desk.get_by_role("heading", name="Einsatz öffnen")).to_be_visible()
    assert box.office.read(queue_view).visit is None


def test_a_closed_visit_shows_at_the_other_desk_and_is_reopened_there(
    desk: Page, browser: BrowserContext, box: Box
) -> None:
    other = open_page(browser)
    other.goto(f"/staff/desks/{SECOND_DESK}")
    other.wait_for_load_state("load")
    serve(desk, box)
    desk.keyboard.press("p")
    box.take()
    expect(desk.get_by_role("row", name="A-002")).to_be_visible()
    before = states(box)
    opened = dialog(desk, "Einsatz", "Einsatz beenden")
    expect(opened).to_contain_text("Noch nicht fertig: 1 wartet, 1 geparkt.")
    opened.get_by_role("button", name="Einsatz beenden").click()
    told = other.get_by_role("region", name=f"von Platz {FIRST_DESK}: Markt")
    expect(told).to_contain_text("Heute: 2 Nummern")
    expect(told).to_contain_text("lässt sich das zurücknehmen")
    assert states(box) == {}
    other.wait_for_load_state("load")  # the buttons work
    other.keyboard.press("u")
    expect(desk.get_by_role("row", name="A-002")).to_be_visible()
    assert states(box) == before


def test_a_visit_does_not_end_by_three_keys(desk: Page, box: Box) -> None:
    box.take()
    for key in ("e", "Shift+B", "Space"):
        desk.keyboard.press(key)
        desk.wait_for_timeout(400)  # a dialog hears nothing at first
    assert states(box) == {"A-001": TicketState.WAITING}
    for key in ("e", "Shift+B", "Space"):
        desk.keyboard.press(key)
    desk.wait_for_timeout(400)
    assert states(box) == {"A-001": TicketState.WAITING}
