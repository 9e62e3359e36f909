"""The queue on a desk's page: who waits, whom others call, and moving them, in a browser."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.service import staff
from kiosk.service.queue_view import queue_view
from tests.console.at_desk import NEXT, person, states
from tests.console.box import Box
from tests.console.conftest import open_page, staff_page
from tests.town import FIRST_DESK, JOBS, RENT, SECOND_DESK, TURKISH

pytestmark = pytest.mark.slow  # a real browser


def test_two_desks_see_each_other_live(desk: Page, browser: BrowserContext, box: Box) -> None:
    box.take(RENT)
    box.take(RENT)
    other = open_page(browser)
    other.goto("/staff/desks/2")
    desk.get_by_role("button", name=NEXT).click()
    person(desk, "B-001", "Aufgerufen")
    other.get_by_role("button", name=NEXT).click()
    person(other, "B-002", "Aufgerufen")
    expect(desk.get_by_text("Platz 2: B-002")).to_be_visible()
    expect(other.get_by_text("Platz 1: B-001")).to_be_visible()


def test_rows_of_this_desk_are_tinted_and_show_priority_and_language(
    desk: Page, browser: BrowserContext, box: Box
) -> None:
    box.take(JOBS, TURKISH)
    box.take(RENT, priority=True)
    page = open_page(browser)
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


def test_staff_take_a_number_for_a_citizen(desk: Page, box: Box) -> None:
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
