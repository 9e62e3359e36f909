"""The desk in the dark, on paper and paused, and which desks are taken when one is chosen."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.service import visits
from tests.console.at_desk import dialog
from tests.console.axe import faults
from tests.console.box import Box
from tests.console.conftest import staff_page
from tests.console.test_small_screens import SIZES
from tests.town import FIRST_DESK, JOBS

pytestmark = pytest.mark.slow  # a real browser

INK = r"""() => {
    const [red, green, blue] = getComputedStyle(document.body).color.match(/\d+/g);
    return (Number(red) + Number(green) + Number(blue)) / 3;
}"""
BADGES_CUT_OFF = """() => {
    const line = document.getElementById("queue-title").getBoundingClientRect();
    const badges = [...document.querySelectorAll("#queue-title .badge")];
    return badges.filter((badge) => {
        const { right, bottom } = badge.getBoundingClientRect();
        return right > line.right || bottom > line.bottom;
    }).map((badge) => badge.textContent);
}"""


def test_dark_mode_is_readable(busy: Page) -> None:
    dark_ink = busy.evaluate(INK)
    busy.emulate_media(color_scheme="dark")
    assert dark_ink < 80 < busy.evaluate(INK)
    assert faults(busy) == []
    dialog(busy, "A-002")
    assert faults(busy) == []


def test_print_view_shows_the_queue_without_controls(busy: Page) -> None:
    busy.emulate_media(media="print", color_scheme="dark")
    assert busy.evaluate(INK) < 80, "pale ink, or a page that is all ink"
    expect(busy.get_by_role("heading", name="Zuletzt an diesem Platz")).to_be_visible()
    expect(busy.locator(".rows table")).to_be_visible()
    for pressed in ("#do-next", "#do-undo", "#open-day", "#open-take", ".aside [data-call]"):
        expect(busy.locator(pressed).first).to_be_hidden()


def test_desk_choice_marks_taken_desks(browser: BrowserContext, box: Box) -> None:
    box.open_visit()
    box.take(JOBS)
    box.call_next(FIRST_DESK)
    page = staff_page(browser, box)
    page.goto(f"{box.url}/staff?choose=true")
    expect(page.get_by_role("link", name="Platz 1")).to_contain_text("besetzt")
    expect(page.get_by_role("link", name="Platz 2")).not_to_contain_text("besetzt")


@pytest.mark.parametrize("intake", [True, False])
def test_badges_of_intake_and_pause_are_whole(desk: Page, box: Box, *, intake: bool) -> None:
    for _ in range(12):
        box.take()
    visits.set_intake(box.office, box.clock(), intake=intake)
    expect(desk.locator("#queue-title .badge")).to_have_count(1 if intake else 2)
    expect(desk.get_by_role("heading", name="12 warten")).to_be_attached()
    for width, height in SIZES:
        desk.set_viewport_size({"width": width, "height": height})
        assert desk.evaluate(BADGES_CUT_OFF) == [], width
