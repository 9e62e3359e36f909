"""The call display, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hardware.speaker.chime import chime
from kiosk.domain.record import NO_RECORD
from kiosk.service import staff, undo_log, visits
from tests.browser import CHROMIUM, QUIET, patient, stop_clock
from tests.console.box import Box
from tests.town import FIRST_DESK, JOBS, RENT, SECOND_DESK
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a real browser

PX_PER_MM_24_INCHES = 1920 / 531.4
CAPITAL_MM_AT_5_M = 61.1  # EN 301 549 V3.2.1, 5.1.4: 0.7 degrees
CAPITAL_OF_NOTO_SANS = 0.714
COUNT_CHIMES = """
    globalThis.chimes = [];
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function () {
      globalThis.chimes.push(this.buffer.duration);
      globalThis.played = this.context;
      start.call(this);
    };
"""
SIX_MORE = """
    () => {
      const list = document.getElementById("last");
      list.classList.add("many");
      for (let row = 1; row < 6; row += 1) list.append(list.firstElementChild.cloneNode(true));
    }
"""  # what the small town has no desks for


@pytest.fixture
def display(new_browser: BrowserContext, box: Box) -> Page:
    """A second screen."""
    box.open_visit()
    page = new_browser.new_page()
    page.set_viewport_size({"width": 1920, "height": 1080})
    stop_clock(page)
    page.goto("/display")
    expect(page.get_by_text("Bitte warten Sie")).to_be_visible()  # the state has been read
    return page


def call_next(box: Box, desk: str = FIRST_DESK) -> str:
    """Call, and tell the number."""
    ticket = staff.call_next(box.office, desk, box.clock())
    assert ticket
    return ticket.number


def shows(page: Page, number: str, desk: str) -> None:
    """Which call is shown large."""
    expect(page.locator("#number")).to_have_text(number)
    expect(page.locator("#desk")).to_have_text(f"Platz {desk}")


def test_an_open_call_stays_while_six_others_come_and_go(display: Page, box: Box) -> None:
    box.take(RENT)
    for _ in range(6):
        box.take()
    expect(display.get_by_text("7 Personen warten")).to_be_visible()
    slow = call_next(box, SECOND_DESK)
    shows(display, slow, "2")
    for _ in range(6):
        display.clock.fast_forward(10_000)
        shows(display, call_next(box), "1")
        expect(display.get_by_role("listitem")).to_have_text([f"{slow} Platz 2"])
        come(box)
        shows(display, slow, "2")
        finish(box)
    expect(display.get_by_role("listitem")).to_have_count(0)
    expect(display.get_by_text("Niemand wartet")).to_be_visible()


def test_the_clock_and_a_closed_intake_are_shown(display: Page, box: Box) -> None:
    expect(display.get_by_text("Annahme geschlossen")).to_be_hidden()
    visits.set_intake(box.office, box.clock(), intake=False)
    expect(display.get_by_text("Annahme geschlossen")).to_be_visible()
    display.clock.run_for(2_000)
    expect(display.locator("#clock")).to_have_text(re.compile(r"^\d\d:\d\d$"))


def test_two_calls_at_once_are_shown_one_after_the_other_ten_seconds_each(
    display: Page, box: Box
) -> None:
    box.take(RENT)
    box.take(RENT)
    first = call_next(box, FIRST_DESK)
    shows(display, first, "1")
    second = call_next(box, SECOND_DESK)
    expect(display.get_by_role("listitem").first).to_have_text(f"{second} Platz 2")
    display.clock.fast_forward(9_000)
    shows(display, first, "1")
    display.clock.fast_forward(1_500)
    shows(display, second, "2")


def come(box: Box) -> None:
    staff.start(box.office, FIRST_DESK, box.clock())


def finish(box: Box) -> None:
    staff.finish(box.office, FIRST_DESK, NO_RECORD, box.clock())


def take_back(box: Box) -> None:
    undo_log.undo(box.office, FIRST_DESK, box.clock())


@pytest.mark.parametrize("end", [come, finish, take_back])
def test_a_call_that_is_over_vanishes_at_once(
    display: Page, box: Box, end: Callable[[Box], None]
) -> None:
    box.take()
    number = call_next(box)
    shows(display, number, "1")
    end(box)  # the display's clock stands still: ten seconds do not pass
    expect(display.get_by_text("Ihre Nummer erscheint hier.")).to_be_visible()
    expect(display.get_by_text(number)).to_have_count(0)


def test_a_new_call_does_not_wait_for_one_that_is_over(display: Page, box: Box) -> None:
    box.take()
    box.take()
    first = call_next(box)
    shows(display, first, "1")
    shows(display, call_next(box), "1")  # the first one did not come


def test_a_display_that_is_switched_on_late_shows_who_is_called(display: Page, box: Box) -> None:
    box.take()
    number = call_next(box)
    display.reload()
    shows(display, number, "1")


def test_a_closed_visit_says_so(display: Page, box: Box) -> None:
    expect(display.get_by_text("Bitte warten Sie")).to_be_visible()
    box.close_visit()
    expect(display.get_by_text("Im Moment geschlossen")).to_be_visible()


def test_each_call_rings_and_sound_is_asked_for_only_where_the_browser_wants_it(
    box: Box, chromium: Browser
) -> None:
    box.open_visit()
    box.take()
    box.take(RENT)
    kiosk_flag = "--autoplay-policy=no-user-gesture-required"
    allowed = patient(
        chromium.browser_type.launch(
            executable_path=CHROMIUM,
            args=[*QUIET, kiosk_flag],
            ignore_default_args=["--mute-audio"],
        )
    )
    silent, loud = chromium.new_page(), allowed.new_page()
    for page in (silent, loud):
        page.add_init_script(COUNT_CHIMES)
        page.goto(f"{box.url}/display")
        expect(page.get_by_text("2 Personen warten")).to_be_visible()
    button = silent.get_by_role("button", name="Ton einschalten")
    expect(button).to_be_visible()
    expect(loud.get_by_role("button", name="Ton einschalten")).to_be_hidden()
    number = call_next(box)
    for page in (silent, loud):
        expect(page.locator("#number")).to_have_text(number)
    rung_s = eventually(lambda: loud.evaluate("chimes"), "a chime")
    assert rung_s == [pytest.approx(chime().duration_s, abs=0.01)], "another chime than the box's"
    assert call_next(box, SECOND_DESK) != number
    eventually(lambda: loud.evaluate("chimes.length == 2"), "a chime before it stands large")
    expect(loud.locator("#number")).to_have_text(number)
    assert silent.evaluate("chimes") == []
    button.click()
    expect(button).to_be_hidden()
    staff.recall(box.office, FIRST_DESK, box.clock())
    eventually(lambda: silent.evaluate("chimes.length >= 2"), "a second chime")
    expect(button).to_be_hidden()
    rest = "played.state === 'suspended'"  # silence is not mixed all day
    eventually(lambda: silent.evaluate(rest) and loud.evaluate(rest), "rest between two calls")
    silent.close()
    allowed.close()


def test_nothing_is_cut_off_in_a_window_less_high_than_the_screen(display: Page, box: Box) -> None:
    display.set_viewport_size({"width": 1366, "height": 600})
    box.take()
    call_next(box)
    for shown in ("#number", "#desk", "#call .ask", "#waiting"):
        expect(display.locator(shown)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720)])
def test_number_and_desk_are_read_at_five_metres(
    display: Page, box: Box, width: int, height: int
) -> None:
    display.set_viewport_size({"width": width, "height": height})
    for topic in (JOBS, RENT):
        box.take(topic)
    visits.set_intake(box.office, box.clock(), intake=False)
    shows(display, call_next(box), "1")
    call_next(box, SECOND_DESK)
    expect(display.get_by_role("listitem")).to_have_count(1)
    display.evaluate(SIX_MORE)
    per_mm = PX_PER_MM_24_INCHES * width / 1920
    for name in ("#number", "#desk"):
        style = "element => parseFloat(getComputedStyle(element).fontSize)"
        font_px = display.locator(name).evaluate(style)
        assert font_px * CAPITAL_OF_NOTO_SANS / per_mm >= CAPITAL_MM_AT_5_M
    fits = "document.documentElement.scrollHeight <= innerHeight"
    assert display.evaluate(fits)
    inside = display.locator("#call").bounding_box()
    for name in ("#number", "#desk"):
        text = display.locator(name).bounding_box()
        assert text
        assert inside
        assert inside["x"] <= text["x"]
        assert text["x"] + text["width"] <= inside["x"] + inside["width"]
