"""One browser with many pages: they share one stream, so that a connection is left for staff."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.console.http.static_files import STATIC
from tests.console.at_desk import await_dialog_keys
from tests.console.box import Box
from tests.console.conftest import opening, staff_page
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a real browser

CONNECTIONS = 6
"""That a browser opens to one address."""
DISPLAYS = CONNECTIONS - 1
"""With the desk that makes all, if each page had a stream of its own."""
HURRY = """
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (ms) => timeout(globalThis.patient ? ms : ms / 10);
"""


def test_open_displays_leave_staff_a_connection_and_all_show_the_call(
    browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    number = box.take().number
    desk = staff_page(browser, box)
    displays = [browser.new_page() for _ in range(DISPLAYS)]
    for display in displays:
        display.goto("/display")
        expect(display.get_by_text("1 Person wartet")).to_be_visible()
    eventually(lambda: box.context.stream_slots["browsers"] == 1, "one stream of this browser")
    desk.keyboard.press("Space")
    expect(desk.locator("#number")).to_contain_text(number)
    for display in displays:
        expect(display.locator("#number")).to_have_text(number)
    for display in displays:
        display.close()
    box.take()
    expect(desk.get_by_role("heading", name="1 wartet")).to_be_visible()
    desk.close()
    eventually(lambda: box.context.stream_slots["browsers"] == 0, "an end of the stream")


def test_a_login_beside_an_open_display_gets_the_staff_stream(
    browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    display = browser.new_page()
    display.goto("/display")
    expect(display.get_by_text("Niemand wartet")).to_be_visible()
    desk = staff_page(browser, box)
    desk.wait_for_load_state("load")
    box.program().post("/api/v1/desks/2/help", json={"wanted": True})
    expect(desk.locator("strong", has_text="Platz 2 bittet um Hilfe")).to_be_visible()


def test_a_browser_without_shared_workers_listens_by_itself(
    new_browser: BrowserContext, box: Box
) -> None:
    new_browser.add_init_script("delete globalThis.SharedWorker;")
    box.open_visit()
    desk = staff_page(new_browser, box)
    expect(desk.get_by_role("heading", name="Niemand wartet")).to_be_visible()
    box.take()
    expect(desk.get_by_role("heading", name="1 wartet")).to_be_visible()


def press_display_key(desk: Page) -> None:
    """The key for the display, in the dialog of the visit."""
    with opening(desk):
        desk.keyboard.press("e")
    await_dialog_keys(desk)
    desk.keyboard.press("Shift+D")
    desk.keyboard.press("Escape")
    expect(desk.locator("#dialog")).to_be_hidden()


def test_the_key_leads_to_the_display_that_is_open_already(
    new_browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    desk = staff_page(new_browser, box)
    with new_browser.expect_page() as opened:
        press_display_key(desk)
    with opened.value.expect_navigation(url="**/display"):
        press_display_key(desk)
    assert len(new_browser.pages) == 2


def test_a_browser_without_a_free_connection_does_not_blame_the_line(
    new_browser: BrowserContext, box: Box
) -> None:
    new_browser.add_init_script(HURRY)
    box.open_visit()
    box.take()
    desk = staff_page(new_browser, box)
    expect(desk.get_by_role("heading", name="1 wartet")).to_be_visible()
    other = new_browser.new_page()
    other.goto(f"{STATIC}/bus.svg")
    other.evaluate(
        "(many) => { window.lines = Array.from({ length: many },"
        " () => new EventSource('/api/v1/events')); }",
        CONNECTIONS,
    )
    eventually(lambda: box.context.stream_slots["browsers"] == CONNECTIONS, "all connections")
    with desk.expect_event("requestfailed", lambda asked: "/view" in asked.url):
        desk.keyboard.press("Space")
    expect(desk.get_by_text("Vielleicht sind zu viele Seiten dieses Busses offen")).to_be_visible()
    expect(desk.get_by_text("Verbindung verloren")).to_be_hidden()
    other.close()
    desk.reload()  # so that it is not the second half of a double click
    desk.evaluate("globalThis.patient = true")
    desk.keyboard.press("Space")
    expect(desk.locator("#number")).not_to_be_empty()
