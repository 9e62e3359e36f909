"""Staff at a desk, in a real browser."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from kiosk.domain.record import Outcome
from kiosk.domain.ticket import TicketState
from kiosk.service import citizens, staff
from kiosk.service.queue_view import queue_view
from kiosk.settings.texts.outcomes import OUTCOMES
from tests.console.at_desk import NEXT, awake, person, states
from tests.console.box import Box
from tests.console.conftest import staff_page
from tests.town import FIRST_DESK, JOBS, RENT, SECOND_DESK, TURKISH

pytestmark = pytest.mark.slow  # a real browser


def press(page: Page, button: Locator, *, by_hand: bool) -> None:
    """Click a button, or press the key that stands on it."""
    key = button.get_attribute("aria-keyshortcuts")
    assert key
    if by_hand:
        button.click()
    else:
        page.keyboard.press(key)


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


def test_the_called_number_does_not_wait_for_the_rest_of_the_page(desk: Page, box: Box) -> None:
    for _ in range(2):
        box.take()
    desk.get_by_role("button", name=NEXT).click()
    person(desk, "A-001", "Aufgerufen")
    desk.evaluate("() => { Response.prototype.text = () => new Promise(() => {}); }")  # never comes
    desk.wait_for_timeout(1100)  # a second Next within a second is taken for a double click
    desk.get_by_role("button", name=NEXT).click()
    expect(desk.locator("#number")).to_have_text("A-002")


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


@pytest.mark.parametrize("outcome", sorted({*Outcome} - {Outcome.NOT_RECORDED}))
def test_each_outcome_has_its_button_and_key(desk: Page, box: Box, outcome: Outcome) -> None:
    for number in ("A-001", "A-002"):
        box.take()
        staff.call_next(box.office, FIRST_DESK, box.clock())
        person(desk, number, "Aufgerufen")
        button = desk.get_by_role("button", name=OUTCOMES[outcome])
        by_hand = number == "A-001"
        press(desk, button, by_hand=by_hand)
        if outcome is Outcome.REFERRED:
            awake(desk)
            press(desk, desk.get_by_role("button", name="Ohne Eintrag"), by_hand=by_hand)
        expect(desk.get_by_text("Niemand", exact=True)).to_be_visible()
    assert [ticket.outcome for ticket in box.office.read(queue_view).tickets] == [outcome, outcome]


def test_a_double_click_and_a_held_key_call_once(desk: Page, box: Box) -> None:
    for _ in range(4):
        box.take()
    expect(desk.get_by_role("heading", name="4 warten")).to_be_visible()
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


def test_no_button_is_shown_before_it_works(desk: Page, box: Box) -> None:
    box.take()
    held: list[Route] = []
    desk.route("**/static/desk.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    desk.reload(wait_until="commit")
    desk.wait_for_function("document.readyState === 'interactive'", polling=20)
    desk.wait_for_timeout(300)
    assert desk.evaluate("performance.getEntriesByType('paint').length") == 0
    held[0].continue_()
    desk.get_by_role("button", name=NEXT).click()
    person(desk, "A-001", "Aufgerufen")


def test_two_desks_see_each_other_live(desk: Page, browser: BrowserContext, box: Box) -> None:
    box.take(RENT)
    box.take(RENT)
    other = browser.new_page()
    other.goto("/staff/desks/2")
    desk.get_by_role("button", name=NEXT).click()
    person(desk, "B-001", "Aufgerufen")
    other.get_by_role("button", name=NEXT).click()
    person(other, "B-002", "Aufgerufen")
    expect(desk.get_by_text("Platz 2: B-002")).to_be_visible()
    expect(other.get_by_text("Platz 1: B-001")).to_be_visible()


def test_the_rows_of_this_desk_are_tinted_and_priority_and_language_are_told(
    desk: Page, browser: BrowserContext, box: Box
) -> None:
    box.take(JOBS, TURKISH)
    box.take(RENT, priority=True)
    page = browser.new_page()
    page.goto(f"/staff/desks/{SECOND_DESK}")
    jobs = page.get_by_role("row", name="A-001")
    rent = page.get_by_role("row", name="B-001")
    expect(jobs).to_contain_text("Türkisch")
    expect(rent).to_contain_text("Vorrang")
    expect(rent).to_have_class("mine")
    expect(jobs).not_to_have_class("mine")
    expect(page.get_by_text("für Ihren Platz: 1")).to_be_visible()
    expect(desk.get_by_text("für Ihren Platz: 2")).to_be_visible()


def test_transfer_keeps_the_number(desk: Page, box: Box) -> None:
    box.take(JOBS)
    desk.keyboard.press("Space")
    person(desk, "A-001", "Aufgerufen")
    desk.keyboard.press("w")
    dialog = desk.get_by_role("dialog", name="Weiterleiten")
    dialog.locator("select[name=topic]").select_option("Miete")
    dialog.get_by_role("button", name="Weiterleiten").click()
    expect(desk.get_by_role("row", name="A-001")).to_contain_text("Miete")


def test_a_number_for_somebody_who_cannot_use_the_glass(desk: Page, box: Box) -> None:
    desk.keyboard.press("n")
    dialog = desk.get_by_role("dialog", name="Nummer für jemanden ziehen")
    dialog.get_by_label("Anliegen").select_option("Ausweis")
    dialog.get_by_label("Vorrang").check()
    dialog.get_by_role("button", name="Nummer ziehen").click()
    expect(desk.get_by_text("Gezogen: B-001")).to_be_visible()
    assert box.office.read(queue_view).tickets[0].priority


def test_nothing_is_chosen_until_staff_choose(browser: BrowserContext, box: Box) -> None:
    page = staff_page(browser, box)
    page.get_by_role("button", name="Einsatz öffnen").click()
    assert page.locator("select[name=stop]:invalid").count() == 1
    assert box.office.read(queue_view).visit is None
    box.open_visit()
    expect(page.get_by_role("heading", name="Niemand wartet")).to_be_visible()
    page.wait_for_load_state("load")  # the buttons work
    dialog = page.get_by_role("dialog", name="Nummer für jemanden ziehen")
    for leave in ("Abbrechen", "Nummer ziehen"):
        page.get_by_role("button", name="Nummer für jemanden ziehen").click()
        expect(dialog.get_by_label("Anliegen")).to_have_value("")
        dialog.get_by_role("button", name="Nummer ziehen").click()
        expect(dialog).to_be_visible()
        dialog.get_by_label("Anliegen").select_option("Miete")
        dialog.get_by_role("button", name=leave).click()
    expect(page.get_by_text("Gezogen: B-001")).to_be_visible()
    assert list(states(box)) == ["B-001"]


def test_parked_and_missed_people_are_called_again_or_let_go(desk: Page, box: Box) -> None:
    box.take()
    staff.call_next(box.office, FIRST_DESK, box.clock())
    staff.park(box.office, FIRST_DESK, box.clock())
    box.take()
    for _ in range(box.office.profile.calls_before_missed):
        staff.call_next(box.office, FIRST_DESK, box.clock())
        staff.miss(box.office, FIRST_DESK, box.clock())
    desk.get_by_role("button", name="A-002", exact=True).click()
    desk.get_by_role("dialog", name="A-002").get_by_role("button", name="Ist gegangen").click()
    expect(desk.get_by_role("button", name="Nicht erschienen A-002")).to_be_hidden()
    desk.get_by_role("button", name="Wieder aufrufen A-001").click()
    person(desk, "A-001", "Aufgerufen")


def test_a_refusal_is_a_german_sentence(desk: Page, box: Box) -> None:
    box.take()
    staff.call_next(box.office, FIRST_DESK, box.clock())
    person(desk, "A-001", "Aufgerufen")
    desk.route("**/view", lambda route: route.abort())  # the page is a moment behind
    staff.miss(box.office, FIRST_DESK, box.clock())
    desk.keyboard.press("b")
    expect(desk.locator("#refused")).to_have_text("An Platz 1 ist gerade niemand aufgerufen.")


def test_a_call_is_spoken_and_the_focus_stays(desk: Page, box: Box) -> None:
    box.take()
    box.take()
    desk.get_by_role("button", name=NEXT).focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#told")).to_have_text("Aufgerufen: A-001, Stelle finden")
    desk.keyboard.press("r")
    citizens.take_ticket(box.office, citizens.TicketRequest(RENT, "de"), box.clock())
    expect(desk.get_by_role("row", name="B-001")).to_be_visible()
    expect(desk.get_by_role("button", name=NEXT)).to_be_focused()


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


def test_an_ended_session_leads_to_the_login(desk: Page, box: Box) -> None:
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


def test_logging_out(desk: Page) -> None:
    desk.get_by_role("button", name="Platz").click()
    desk.get_by_role("button", name="Abmelden").click()
    expect(desk.get_by_label("PIN dieses Busses")).to_be_visible()
    expect(desk.get_by_text("Sie wurden abgemeldet.")).to_be_hidden()
    desk.goto("/staff/desks/1")
    expect(desk.get_by_label("PIN dieses Busses")).to_be_visible()
