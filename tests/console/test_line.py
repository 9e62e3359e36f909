"""What pages do when the line to the box is cut."""

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.console.http.context import open_context
from kiosk.service import staff
from tests.browser import intercept
from tests.console.box import Box, running
from tests.console.cable import cable_to
from tests.console.conftest import log_in, staff_page
from tests.town import FIRST_DESK
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a real browser

LOST = "Verbindung verloren"
OFFLINE = "dispatchEvent(new Event('offline'))"


def port_of(url: str) -> int:
    """The port in an address."""
    port = httpx.URL(url).port
    assert port
    return port


def desk_at(browser: BrowserContext, box: Box, url: str) -> Page:
    """The first desk, logged in, at an address of its own."""
    log_in(browser, box)
    desk = browser.new_page()
    desk.goto(f"{url}/staff/desks/1")
    return desk


def pages(browser: BrowserContext, box: Box, url: str) -> tuple[Page, Page]:
    """Desk and display, at an address of their own."""
    desk, display = desk_at(browser, box, url), browser.new_page()
    display.goto(f"{url}/display")
    return desk, display


def test_a_cut_line_shows_at_once_and_heals_by_itself(browser: BrowserContext, box: Box) -> None:
    box.open_visit()
    ticket = box.take()
    with running(open_context(box.office, box.clock)) as url:
        desk, display = pages(browser, box, url)
        expect(desk.get_by_role("heading", name="1 wartet")).to_be_visible()
        expect(desk.get_by_text(LOST)).to_be_hidden()
    expect(desk.get_by_text(LOST)).to_be_visible()
    desk.keyboard.press("Space")
    expect(desk.get_by_text("Keine Verbindung.")).to_be_visible()
    expect(display.get_by_text(LOST)).to_be_visible()
    staff.call_next(box.office, FIRST_DESK, box.clock())
    with running(open_context(box.office, box.clock), port_of(url)):
        expect(desk.get_by_text(LOST)).to_be_hidden()
        expect(desk.get_by_text("Keine Verbindung.")).to_be_hidden()
        expect(desk.locator("#number")).to_contain_text(ticket.number)
        expect(display.locator("#number")).to_have_text(ticket.number)


def test_the_worker_that_all_pages_share_loses_the_line_and_finds_it_again(
    browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    with cable_to(port_of(box.url)) as (cable, url):
        desk, display = pages(browser, box, url)
        expect(desk.get_by_role("heading", name="Niemand wartet")).to_be_visible()
        expect(display.get_by_text("Niemand wartet")).to_be_visible()
        eventually(lambda: box.context.stream_slots["browsers"] == 1, "one stream for both pages")
        cable.cut()
        assert desk.evaluate("navigator.onLine"), "no browser notices"
        for page in (desk, display):
            expect(page.get_by_text(LOST)).to_be_visible()
        cable.mend()
        for page in (desk, display):
            expect(page.get_by_text(LOST)).to_be_hidden()
        # What the browser says of its network is checked at once, and not believed.
        desk.evaluate(OFFLINE)
        box.take()
        expect(desk.get_by_role("heading", name="1 wartet")).to_be_visible()
        expect(display.get_by_text("1 Person wartet")).to_be_visible()
        for page in (desk, display):
            expect(page.get_by_text(LOST)).to_be_hidden()
        cable.clamp()
        calls = cable.calls
        desk.evaluate(OFFLINE)
        eventually(lambda: cable.calls > calls, "a stream that is opened anew")
        for page in (desk, display):
            expect(page.get_by_text(LOST)).to_be_visible()
        cable.mend()
        for page in (desk, display):
            expect(page.get_by_text(LOST)).to_be_hidden()


def test_an_action_without_a_line_says_so_and_is_not_done_later(
    browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    box.take()
    page = staff_page(browser, box)
    intercept(page, "**/next", lambda route: route.abort())
    page.keyboard.press("Space")
    expect(page.get_by_text("Keine Verbindung.")).to_be_visible()
    page.unroute("**/next")
    page.reload()
    expect(page.get_by_role("heading", name="1 wartet")).to_be_visible()


def test_a_page_without_its_scripts_recovers(browser: BrowserContext, box: Box) -> None:
    box.open_visit()
    staff_page(browser, box)
    page = browser.new_page()
    for path, script in (("/staff/desks/1", "box.js"), ("/display", "display.js")):
        page.route(f"**/static/*/{script}", lambda route: route.abort(), times=1)
        page.route("**/api/v1/state", lambda route: route.abort(), times=1)
        page.goto(path)
        alive = page.locator("html[style*=scroll-padding], #open:not([hidden])")
        expect(alive).to_be_attached()


def test_messages_are_seen_wherever_the_page_is_scrolled(browser: BrowserContext, box: Box) -> None:
    with running(open_context(box.office, box.clock)) as url:
        desk = desk_at(browser, box, url)
        desk.set_viewport_size({"width": 1366, "height": 300})
        box.open_visit()
        expect(desk.get_by_role("heading", name="Niemand wartet")).to_be_visible()
        desk.wait_for_load_state("load")  # the keys work
        desk.mouse.wheel(0, 200)
        eventually(lambda: desk.evaluate("scrollY > 100"), "a scrolled page")
        desk.keyboard.press("Space")
        expect(desk.get_by_text("Niemand wartet für Ihren Platz.")).to_be_in_viewport(ratio=1)
    expect(desk.get_by_text(LOST)).to_be_in_viewport(ratio=1)
