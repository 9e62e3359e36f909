"""Two browsers at one desk, a lost network, a stale page: the box tells the truth."""

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from kiosk.domain.ticket import TicketState
from kiosk.service import staff
from kiosk.service.queue_view import queue_view
from tests.browser import intercept, offline, stop_clock
from tests.console.at_desk import NEXT, button, expect_empty_desk, person, records, serve, states
from tests.console.box import NO_TLS, Box
from tests.console.conftest import log_in, open_page
from tests.town import FIRST_DESK
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.slow  # a real browser

LOST = "Verbindung verloren"
NOTE_MS = 8000


@pytest.fixture
def other(desk: Page, browser: BrowserContext) -> Page:
    """A second browser at the same desk."""
    page = open_page(browser)
    page.goto(desk.url)
    page.wait_for_load_state("load")
    return page


def fall_behind(page: Page) -> None:
    """The page does not hear of anything any more."""
    intercept(page, "**/view*", lambda route: route.abort())


def lose_answer(route: Route) -> None:
    """The box does what it is asked, and the page does not hear of it."""
    asked = route.request  # on a line of its own: Playwright's may have been closed by the box
    httpx.request(
        asked.method,
        asked.url,
        headers=asked.all_headers(),
        content=asked.post_data_buffer,
        timeout=PATIENCE_S,
        verify=NO_TLS,
    )
    route.abort()


def is_behind(page: Page) -> None:
    """Its question for what has happened since was cut: so no older answer is shown either."""
    expect(page.get_by_text(LOST)).to_be_visible()


def test_both_see_who_is_there_and_each_may_go_on(desk: Page, other: Page, box: Box) -> None:
    box.take()
    button(desk, NEXT).click()
    person(other, "A-001", "Aufgerufen")
    button(other, "Beginnen").click()
    person(desk, "A-001", "Wird bedient")
    button(other, "Geklärt").click()
    expect_empty_desk(desk)


@pytest.mark.parametrize("stale", ["Geklärt", "Parken", "Beginnen", "Nicht erschienen"])
def test_a_stale_click_changes_nothing_and_is_answered_by_the_truth(
    desk: Page, other: Page, box: Box, stale: str
) -> None:
    box.take()
    box.take()
    button(desk, NEXT).click()
    person(other, "A-001", "Aufgerufen")
    fall_behind(other)
    staff.call_next(box.office, FIRST_DESK, box.clock())
    person(desk, "A-002", "Aufgerufen")
    is_behind(other)
    before = box.office.read(queue_view).entry
    other.get_by_role("button", name=stale, exact=True).click()
    refused = "An Platz 1 ist inzwischen A-002. Es wurde nichts geändert."
    expect(other.locator("#refused")).to_have_text(refused)
    assert box.office.read(queue_view).entry == before
    other.unroute("**/view*")
    box.take()
    person(other, "A-002", "Aufgerufen")
    expect(other.locator("#refused")).to_have_text(refused)


def test_a_stale_next_shows_the_person_at_the_desk_and_calls_no_other(
    desk: Page, other: Page, box: Box
) -> None:
    for _ in range(3):
        box.take()
    fall_behind(other)
    button(desk, NEXT).click()
    person(desk, "A-001", "Aufgerufen")
    with other.expect_response("**/next"):
        button(other, NEXT).click()
    other.unroute("**/view*")
    other.reload()
    person(other, "A-001", "Aufgerufen")
    assert list(states(box).values()).count(TicketState.CALLED) == 1


def test_a_stale_undo_takes_back_nothing_else(desk: Page, other: Page, box: Box) -> None:
    serve(desk, box)
    expect(button(other, "Rückgängig: A-001 begonnen")).to_be_visible()
    fall_behind(other)
    button(desk, "Geklärt").click()
    expect_empty_desk(desk)
    button(other, "Rückgängig: A-001 begonnen").click()
    expect(other.locator("#refused")).to_contain_text("inzwischen etwas getan")
    assert records(box)[0] is not None
    other.unroute("**/view*")
    box.close_visit()
    expect(other.get_by_role("heading", name="Einsatz öffnen")).to_be_visible()
    expect(other.locator("#refused")).to_contain_text("inzwischen etwas getan")


def test_a_lost_network_shows_at_once_and_recovers(new_browser: BrowserContext, box: Box) -> None:
    box.open_visit()
    log_in(new_browser, box)
    desk = open_page(new_browser)
    stop_clock(desk)
    desk.goto("/staff/desks/1")
    box.take()
    expect(desk.get_by_role("row", name="A-001")).to_be_visible()
    with offline(desk):
        expect(desk.get_by_text(LOST)).to_be_visible()
        desk.keyboard.press("Space")
        expect(desk.get_by_text("Keine Verbindung.")).to_be_visible()
        box.take()
    expect(desk.get_by_text(LOST)).to_be_hidden()
    expect(desk.get_by_text("Keine Verbindung.")).to_be_visible()
    desk.clock.fast_forward(NOTE_MS)
    expect(desk.get_by_text("Keine Verbindung.")).to_be_hidden()
    expect(desk.get_by_role("row", name="A-002")).to_be_visible()
    assert set(states(box).values()) == {TicketState.WAITING}


def test_what_was_being_typed_survives_a_lost_network_and_is_sent_once(
    desk: Page, box: Box
) -> None:
    button(desk, "Nummer für jemanden ziehen").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Anliegen").select_option("Miete")
    dialog.get_by_label("Sprache").select_option("Türkisch")
    dialog.get_by_label("Vorrang").check()
    with offline(desk):
        expect(dialog.get_by_text(LOST)).to_be_visible()
        dialog.get_by_role("button", name="Nummer ziehen").click()
        expect(dialog.get_by_text("Keine Verbindung.")).to_be_visible()
    expect(dialog.get_by_text(LOST)).to_be_hidden()
    expect(dialog.get_by_label("Anliegen")).to_have_value("rent")
    dialog.get_by_role("button", name="Nummer ziehen").click()
    expect(desk.get_by_text("Gezogen: B-001")).to_be_visible()
    (ticket,) = box.office.read(queue_view).tickets
    assert (ticket.priority, ticket.language) == (True, "tr")


def test_a_number_whose_answer_was_lost_is_the_same_number_when_asked_again(
    desk: Page, box: Box
) -> None:
    desk.keyboard.press("n")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Anliegen").select_option("Miete")
    path = "**/api/v1/tickets"
    intercept(desk, path, lose_answer)
    dialog.get_by_role("button", name="Nummer ziehen").click()
    expect(dialog.get_by_text("Keine Verbindung.")).to_be_visible()
    desk.unroute(path)
    dialog.get_by_role("button", name="Nummer ziehen").click()
    expect(desk.get_by_text("Gezogen: B-001")).to_be_visible()
    assert list(states(box)) == ["B-001"]


def test_a_count_whose_answer_was_lost_is_not_counted_twice(desk: Page, box: Box) -> None:
    desk.keyboard.press("o")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("radio", name="Miete").check()
    path = "**/desks/1/count"
    intercept(desk, path, lose_answer)
    desk.keyboard.press("1")
    expect(dialog.get_by_text("Keine Verbindung.")).to_be_visible()
    desk.unroute(path)
    desk.keyboard.press("1")
    expect(dialog.get_by_text("Bitte sehen Sie unter „Zuletzt“ nach.")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(button(desk, "Rückgängig: Ohne Nummer gezählt")).to_be_visible()
    assert sum(box.office.read(queue_view).enquiries.values()) == 1


def test_what_is_chosen_for_a_new_visit_is_not_overwritten(
    browser: BrowserContext, box: Box
) -> None:
    page = open_page(browser)
    page.goto("/staff")
    page.get_by_label("PIN dieses Busses").fill(box.secrets.staff_pin)
    page.keyboard.press("Enter")
    with page.expect_response("**/view*"):  # the line stands
        page.get_by_role("link", name="Platz 1").click()
    page.get_by_label("Standort").select_option("Siedlung")
    with offline(page):
        expect(page.get_by_text(LOST)).to_be_visible()
    expect(page.get_by_text(LOST)).to_be_hidden()
    expect(page.get_by_label("Standort")).to_have_value("estate")
