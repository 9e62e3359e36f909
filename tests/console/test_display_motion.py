"""The call display moves once for a call and does not flash (EN 301 549, 11.2.2.2, 11.2.3.1)."""

import io
from itertools import pairwise

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.service import staff
from tests.console.box import Box
from tests.console.conftest import open_page
from tests.town import FIRST_DESK
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a real browser

MOST_MOVING_MS = 5000
A_FRAME_MS = 50
SMALLEST_CHANGE = 0.1
"""Of the whole range of light; less is no flash (WCAG 2.2, general flash)."""

HOLD = """() => document.addEventListener("animationstart", () =>
    document.getAnimations().forEach(each => each.pause()))"""
"""Whatever begins to move stands still at its beginning."""

DURATIONS = (
    """() => document.getAnimations().map(each => each.effect.getComputedTiming().endTime)"""
)
SHOW_AT = (
    """at => document.getAnimations().forEach(each => { each.pause(); each.currentTime = at })"""
)


@pytest.fixture
def called(browser: BrowserContext, box: Box) -> Page:
    """The display as a call arrives, held at its first moment."""
    box.open_visit()
    box.take()
    page = open_page(browser)
    page.set_viewport_size({"width": 960, "height": 540})
    page.goto("/display")
    expect(page.get_by_text("1 Person wartet")).to_be_visible()
    page.evaluate(HOLD)
    assert staff.call_next(box.office, FIRST_DESK, box.clock())
    eventually(lambda: page.evaluate(DURATIONS), "motion")
    return page


def test_a_call_moves_once_and_then_stands(called: Page) -> None:
    durations = called.evaluate(DURATIONS)
    assert durations
    assert max(durations) <= MOST_MOVING_MS


def test_a_call_flashes_once_at_most(called: Page) -> None:
    lights = []
    for at_ms in range(0, 1000, A_FRAME_MS):
        called.evaluate(SHOW_AT, at_ms)
        lights.append(_light(called.screenshot()))
    assert _flashes(lights) <= 1, lights


def _light(png: bytes) -> float:
    """How light the brightest changing part of it is: the mean of the middle, 0 to 1."""
    with Image.open(io.BytesIO(png)) as picture:
        grey = picture.convert("L")
        width, height = grey.size
        middle = grey.crop((width // 8, height // 4, width // 2, 3 * height // 4))
        return ImageStat.Stat(middle).mean[0] / 255


def _flashes(lights: list[float]) -> int:
    """Pairs of opposed changes that are large enough to be seen as a flash."""
    turns, risen, extreme = 0, None, lights[0]
    for before, after in pairwise(lights):
        up = after > before
        if risen is None or up != risen:
            turns += abs(before - extreme) >= SMALLEST_CHANGE
            extreme, risen = before, up
    turns += abs(lights[-1] - extreme) >= SMALLEST_CHANGE
    return (turns + 1) // 2
