"""One browser all day: its pages come and go, crash, log out, and the box is another one."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from kiosk.console.http.context import open_context
from kiosk.service import access, citizens, visits
from kiosk.service.office import Office
from tests.console.at_desk import button
from tests.console.box import Box, running
from tests.console.conftest import log_in as begin_session
from tests.console.conftest import staff_page
from tests.console.test_line import port_of
from tests.prepared import new_database
from tests.town import GERMAN, JOBS, TOWN
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a real browser

NOTE_LOST = """() => {
    const notice = document.getElementById("lost");
    window.lost = 0;
    new MutationObserver(() => { window.lost += notice.hidden ? 0 : 1; })
        .observe(notice, { attributes: true });
}"""


def expect_waiting(page: Page, count: int) -> None:
    """Wait until the page has heard of so many."""
    words = {0: "Niemand wartet", 1: "1 wartet"}.get(count, f"{count} warten")
    expect(page.get_by_role("heading", name=words)).to_be_visible()


def log_in(page: Page, pin: str) -> None:
    """On the page of the login."""
    page.get_by_label("PIN dieses Busses").fill(pin)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(re.compile(r"/staff(?!/login)"))


def crash(page: Page) -> None:
    """End the process that draws a page, and whatever else runs in it."""
    with pytest.raises(Error):
        page.goto("chrome://crash")


def test_a_page_that_is_closed_and_opened_again_hears_the_news(
    browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    for count in (1, 3):
        desk = staff_page(browser, box)
        box.take()
        expect_waiting(desk, count)
        if count == 1:
            desk.goto("/staff/desks/2")
            desk.go_back()
            expect_waiting(desk, count)
        box.take()
        expect_waiting(desk, count + 1)
        desk.close()


def test_a_page_that_crashes_with_the_worker_leaves_the_others_the_news(
    browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    display = browser.new_page()
    display.goto("/display")  # the worker runs in the process of the first page
    expect(display.get_by_text("Niemand wartet")).to_be_visible()
    desk = staff_page(browser, box)
    box.take()
    expect_waiting(desk, 1)
    crash(display)
    box.take()
    expect_waiting(desk, 2)
    eventually(lambda: box.context.stream_slots["browsers"] == 1, "one stream of this browser")
    box.take()
    expect_waiting(desk, 3)


def test_pages_go_on_when_staff_log_out_and_in_in_another_one(
    browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    first, second = staff_page(browser, box), staff_page(browser, box, "2")  # the second session
    first.wait_for_load_state("load")
    first.keyboard.press("n")
    first.get_by_role("dialog").get_by_label("Anliegen").select_option("Miete")
    first.get_by_role("dialog").get_by_role("button", name="Nummer ziehen").click()
    expect_waiting(second, 1)
    button(second, "Platz").first.click()
    second.get_by_role("dialog").get_by_role("button", name="Abmelden").click()
    log_in(second, box.secrets.staff_pin)
    second.goto("/staff/desks/2")
    box.program().post("/api/v1/desks/1/help", json={"wanted": True})
    expect(second.locator("strong", has_text="Platz 1 bittet um Hilfe")).to_be_visible()


def test_call_display_reports_no_lost_line_at_a_logout(browser: BrowserContext, box: Box) -> None:
    box.open_visit()
    desk, display = staff_page(browser, box), browser.new_page()
    display.goto(f"{box.url}/display")
    expect(display.get_by_text("Niemand wartet")).to_be_visible()
    display.evaluate(NOTE_LOST)
    desk.keyboard.press("l")
    desk.get_by_role("dialog").get_by_role("button", name="Abmelden").click()
    desk.wait_for_url("**/staff/login**")
    box.take()
    expect(display.get_by_text("1 Person wartet")).to_be_visible()
    assert display.evaluate("window.lost") == 0


def test_the_import_page_works_on_after_a_new_login(
    browser: BrowserContext, box: Box, tmp_path: Path
) -> None:
    begin_session(browser, box)
    imports = browser.new_page()
    imports.goto(f"{box.url}/staff/import/timetable")
    begin_session(browser, box)
    plan = tmp_path / "plan.csv"
    plan.write_text("Datum;Standort\n")
    imports.locator("input[type=file]").set_input_files(plan)
    imports.get_by_role("button", name="Prüfen").click()
    expect(imports.locator("#result-title")).to_be_visible()


def test_another_box_at_the_same_address_is_heard_too(
    browser: BrowserContext, box: Box, tmp_path: Path
) -> None:
    """Its journal is younger than what the pages have seen."""
    box.open_visit()
    with running(open_context(box.office, box.clock)) as url:
        desk, display = browser.new_page(), browser.new_page()
        display.goto(f"{url}/display")
        desk.goto(f"{url}/staff/login?desk=1")
        log_in(desk, box.secrets.staff_pin)
        box.take()
        expect_waiting(desk, 1)
        expect(display.get_by_text("1 Person wartet")).to_be_visible()
    with closing(new_database(tmp_path / "kiosk.db")) as database:
        other, secrets = Office(database, TOWN), access.set_up(database)
        with running(open_context(other, box.clock), port_of(url)):
            log_in(desk, secrets.staff_pin)
            visits.open_visit(other, None, None, box.clock())
            expect_waiting(desk, 0)
            expect(display.get_by_text("Niemand wartet")).to_be_visible()
            citizens.take_ticket(other, citizens.TicketRequest(JOBS, GERMAN), box.clock())
            expect_waiting(desk, 1)
            expect(display.get_by_text("1 Person wartet")).to_be_visible()
