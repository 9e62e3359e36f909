"""Staff at a desk, in a real browser."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from kiosk.domain.ticket import TicketState
from kiosk.service import staff
from kiosk.service.queue_view import queue_view
from tests.browser import intercept
from tests.console.at_desk import NEXT, person, states
from tests.console.box import Box
from tests.console.conftest import staff_page
from tests.town import FIRST_DESK
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a real browser


def test_a_day_from_opening_to_closing(browser: BrowserContext, box: Box) -> None:
    page = staff_page(browser, box)
    page.get_by_label("Standort").select_option("Siedlung")
    page.get_by_role("checkbox", name="Schule").uncheck()
    page.set_viewport_size({"width": 1366, "height": 400})  # the button is below the fold
    page.get_by_role("button", name="Einsatz öffnen").click()
    expect(page.get_by_role("heading", name="Niemand wartet")).to_be_visible()
    assert page.evaluate("scrollY") == 0
    opened = box.office.read(queue_view).visit
    assert opened
    assert opened.stop == "estate"
    assert "school" not in opened.topics

    for _ in range(3):
        box.take()
    expect(page.get_by_role("heading", name="3 warten")).to_be_visible()
    page.get_by_role("button", name=NEXT).click()
    person(page, "A-001", "Aufgerufen")
    page.get_by_role("button", name="Beginnen").click()
    person(page, "A-001", "Wird bedient seit 0 min")
    page.get_by_role("button", name="Geklärt").click()
    expect(page.get_by_text("Niemand", exact=True)).to_be_visible()
    expect(page.get_by_text("heute bedient: 1")).to_be_visible()

    page.keyboard.press("e")
    page.get_by_role("button", name="Einsatz beenden").click()
    dialog = page.get_by_role("dialog", name="Einsatz beenden?")
    expect(dialog).to_contain_text("Noch nicht fertig: 2 warten.")
    dialog.get_by_role("button", name="Einsatz beenden").click()
    expect(page.get_by_role("heading", name="Einsatz öffnen")).to_be_visible()
    assert box.office.read(queue_view).visit is None


def test_no_button_is_shown_before_it_works_and_a_call_does_not_wait_for_the_page(
    desk: Page, box: Box
) -> None:
    for _ in range(2):
        box.take()
    held: list[Route] = []
    desk.route("**/static/*/desk.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    desk.reload(wait_until="commit")
    # Not waited for by a function, which the page would evaluate: its policy forbids that.
    eventually(lambda: desk.evaluate("document.readyState") == "interactive", "the page is read")
    desk.wait_for_timeout(300)
    assert desk.evaluate("performance.getEntriesByType('paint').length") == 0
    held[0].continue_()
    desk.get_by_role("button", name=NEXT).click()
    person(desk, "A-001", "Aufgerufen")
    desk.evaluate("() => { Response.prototype.text = () => new Promise(() => {}); }")  # never comes
    desk.wait_for_timeout(1100)  # a second Next within a second is taken for a double click
    desk.get_by_role("button", name=NEXT).click()
    expect(desk.locator("#number")).to_have_text("A-002")


def test_a_reload_repeats_nothing(desk: Page, box: Box) -> None:
    for _ in range(3):
        box.take()
    desk.get_by_role("button", name=NEXT).click()
    person(desk, "A-001", "Aufgerufen")
    before = box.office.read(queue_view).entry
    desk.reload()
    person(desk, "A-001", "Aufgerufen")
    desk.go_back()
    desk.go_forward()
    person(desk, "A-001", "Aufgerufen")
    assert box.office.read(queue_view).entry == before


def test_a_refusal_is_a_german_sentence(desk: Page, box: Box) -> None:
    box.take()
    staff.call_next(box.office, FIRST_DESK, box.clock())
    person(desk, "A-001", "Aufgerufen")
    intercept(desk, "**/view*", lambda route: route.abort())  # the page is a moment behind
    staff.miss(box.office, FIRST_DESK, box.clock())
    desk.keyboard.press("b")
    expect(desk.locator("#refused")).to_have_text("An Platz 1 ist gerade niemand aufgerufen.")


def test_an_ended_session_leads_to_the_login_and_so_does_logging_out(desk: Page, box: Box) -> None:
    box.take()
    box.clock.pass_s(3600)
    desk.context.clear_cookies(name="radhaus_desk")  # the last desk may be that of another window
    desk.keyboard.press("Space")
    expect(desk.get_by_text("Sie wurden abgemeldet. Bitte melden Sie sich")).to_be_visible()
    assert states(box) == {"A-001": TicketState.WAITING}
    desk.get_by_label("PIN dieses Busses").fill("wrong")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Diese PIN ist falsch.")).to_be_visible()
    desk.get_by_label("PIN dieses Busses").fill(box.secrets.staff_pin)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Platz 1")).to_be_visible()
    desk.wait_for_load_state("load")
    desk.get_by_role("button", name="Platz").click()
    desk.get_by_role("button", name="Abmelden").click()
    expect(desk.get_by_label("PIN dieses Busses")).to_be_visible()
    expect(desk.get_by_text("Sie wurden abgemeldet.")).to_be_hidden()
    desk.goto("/staff/desks/1")
    expect(desk.get_by_label("PIN dieses Busses")).to_be_visible()
