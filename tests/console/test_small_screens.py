"""Staff pages on small laptops, phones and at 400 % zoom: nothing is hidden or cut off."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.devices.kinds import KINDS
from kiosk.domain.device_events import DeviceChanged
from kiosk.domain.outcome import REFERRED
from kiosk.domain.record import Record
from kiosk.service import desks, staff, undo_log, visits
from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.store import journal
from tests.browser import intercept
from tests.console.at_desk import FOCUS, LOW, expect_empty_desk
from tests.console.box import Box, running_box
from tests.console.conftest import staff_page
from tests.town import (
    FIRST_DESK,
    JOBS,
    PASSPORT,
    RENT,
    SECOND_DESK,
    TENANTS,
    TURKISH,
    TownClock,
)

pytestmark = pytest.mark.slow  # a real browser

# 1280 x 1024 at 400 % is 320 x 256, a maximised browser at 200 % is 683 x 300.
SIZES = (
    (320, 256),
    (390, 844),
    (683, 300),
    (768, 1024),
    (1024, 768),
    (1280, 580),
    (1366, 600),
    (1366, 768),
)
CUT_OFF = """() => [...document.querySelectorAll("#desk *")].filter(element => {
    const box = element.getBoundingClientRect();
    const meant = element.closest(".unseen, .offer, .stop, .chips");
    const card = element.closest(".card")?.getBoundingClientRect();
    const right = card?.right ?? innerWidth;
    return box.width && !meant && (box.right > right + 1 || box.left < -1);
}).map(element => element.outerHTML.slice(0, 80))"""


def test_nothing_is_cut_off_sideways(busy: Page) -> None:
    for width, height in SIZES:
        busy.set_viewport_size({"width": width, "height": height})
        assert busy.evaluate(CUT_OFF) == [], width
        assert busy.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert busy.evaluate(LOW, [40, "#desk"]) == [], width


EIGHT_OUTCOMES = """() => {
    const last = [...document.querySelectorAll("[data-outcome]")].at(-1);
    for (let more = 0; more < 3; more += 1) last.after(last.cloneNode(true));
    for (const { firstChild } of document.querySelectorAll("[data-outcome]")) {
        firstChild.textContent = "Zur Schuldnerberatung weitergeleitet ";
    }
}"""
"""As many as a profile may have, and as long."""

TORN = """() => [...document.querySelectorAll("[data-outcome]")].filter(
    ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
        scrollWidth > clientWidth || scrollHeight > clientHeight + 1
).length"""


UNDO_CUT_OFF = """() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } =
        document.querySelector("#do-undo .what");
    return scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
}"""


def test_undo_button_names_its_step_in_full(busy: Page, box: Box) -> None:
    staff.start(box.office, FIRST_DESK, box.clock())
    staff.park(box.office, FIRST_DESK, box.clock())
    for words in ("geparkt", "begonnen", "aufgerufen"):
        assert_undo_is_whole(busy, words)
        undo_log.undo(box.office, FIRST_DESK, box.clock())
    box.call_next()
    staff.finish(box.office, FIRST_DESK, Record(REFERRED, TENANTS), box.clock())
    assert_undo_is_whole(busy, "Verwiesen")


def assert_undo_is_whole(busy: Page, words: str) -> None:
    expect(busy.locator("#do-undo")).to_contain_text(words)
    for width, height in SIZES:
        busy.set_viewport_size({"width": width, "height": height})
        assert not busy.evaluate(UNDO_CUT_OFF), (words, width)


def test_person_outcome_next_and_undo_stay_in_sight_on_a_small_laptop(busy: Page, box: Box) -> None:
    for _ in range(40):
        box.take()
    desks.call_help(box.office, SECOND_DESK, box.clock(), wanted=True)
    expect(busy.get_by_text("und 12 weitere")).to_be_attached()
    for width, height in ((1366, 600), (1280, 580), (1366, 768), (1024, 768)):
        busy.set_viewport_size({"width": width, "height": height})
        for name in ("Nächste Nummer", "Nicht geholfen", "Rückgängig", "Einsatz", "Ohne Nummer"):
            expect(busy.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
        for text in ("Platz 2 bittet um Hilfe", "Zuletzt an diesem Platz"):
            expect(busy.get_by_text(text, exact=True)).to_be_in_viewport(ratio=1)
    busy.evaluate(EIGHT_OUTCOMES)
    for width, height in ((1366, 600), (1280, 580), (1366, 768)):
        busy.set_viewport_size({"width": width, "height": height})
        for name in ("Nächste Nummer", "Rückgängig"):
            expect(busy.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
        expect(busy.locator("[data-outcome]").last).to_be_in_viewport(ratio=1)
    for width, height in SIZES:
        busy.set_viewport_size({"width": width, "height": height})
        assert busy.evaluate(TORN) == 0, width
    busy.set_viewport_size({"width": 683, "height": 300})  # the same laptop at 200 %
    for scrolled in (0, 400, 5000):
        busy.evaluate("y => scrollTo(0, y)", scrolled)
        for name in ("Nächste Nummer", "Rückgängig"):
            expect(busy.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)


TARGETS = """() => Object.fromEntries(
    [...document.querySelectorAll(".bar button, .column button, .tools button, .filter input")]
        .filter((target) => target.checkVisibility())
        .map((target) => {
            const { x, y, width, height } = target.getBoundingClientRect();
            const { value, step, switch: name } = target.dataset;
            const place = [x, y, width, height].map(Math.round);
            return [target.id || value || step || name || target.name, place];
        })
)"""
"""Where everything is that can be pressed, beside the rows of the queue."""


@pytest.mark.parametrize(("width", "height"), [(1366, 600), (1366, 768), (683, 384), (390, 844)])
def test_no_target_moves_between_two_states_of_the_page(
    desk: Page, box: Box, width: int, height: int
) -> None:
    desk.set_viewport_size({"width": width, "height": height})
    office, title = box.office, desk.locator("#person-title")
    seen: dict[str, list[int]] = desk.evaluate(TARGETS)

    def nothing_moved(state: str) -> None:
        now: dict[str, list[int]] = desk.evaluate(TARGETS)
        assert len(now.keys() & seen.keys()) > 15
        moved = {name: (seen[name], now[name]) for name in now.keys() & seen.keys()}
        assert {n: was for n, was in moved.items() if was[0] != was[1]} == {}, state
        seen.update(now)

    for topic in (PASSPORT, RENT, JOBS):
        box.take(topic, TURKISH, priority=topic == PASSPORT)
    expect(desk.get_by_role("heading", name="3 warten")).to_be_visible()
    nothing_moved("people wait")
    box.call_next()
    expect(title).to_contain_text("Aufgerufen")
    nothing_moved("called")
    staff.start(office, FIRST_DESK, box.clock())
    expect(title).to_contain_text("Wird bedient")
    desk.keyboard.press("d")
    nothing_moved("served")
    desk.keyboard.press("r")  # no call is open
    desk.keyboard.press("p")
    expect_empty_desk(desk)
    nothing_moved("parked")
    desk.keyboard.press("u")
    expect(desk.get_by_text("Rückgängig gemacht.")).to_be_visible()
    nothing_moved("a message")
    desks.call_help(office, SECOND_DESK, box.clock(), wanted=True)
    expect(desk.get_by_text("Platz 2 bittet um Hilfe", exact=True)).to_be_visible()
    nothing_moved("a call for help")
    visits.set_intake(office, box.clock(), intake=False)
    expect(desk.get_by_text("Annahme geschlossen")).to_be_attached()
    nothing_moved("the intake is closed")


def test_a_visit_is_opened_without_scrolling(
    browser: BrowserContext, office: Office, clock: TownClock
) -> None:
    with running_box(Office(office.database, profiles.load_profile("gelsenkirchen")), clock) as box:
        page = staff_page(browser, box)
        for width, height in ((1366, 768), (1024, 768), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            page.reload()
            opening = page.get_by_role("button", name="Einsatz öffnen")
            expect(opening).to_be_in_viewport(ratio=1)
            page.get_by_role("checkbox").last.focus()
            assert not page.evaluate(FOCUS)["hidden"], width
            expect(opening).to_be_in_viewport(ratio=1)


WHOLE_ROWS = """() => {
    const rows = document.querySelector(".rows");
    const top = rows.querySelector("thead").getBoundingClientRect().bottom;
    const bottom = Math.min(innerHeight, rows.getBoundingClientRect().bottom);
    return [...rows.querySelectorAll("tbody tr")].filter((row) => {
        const box = row.getBoundingClientRect();
        return box.top >= top - 1 && box.bottom <= bottom + 1;
    }).length;
}"""


def test_four_who_wait_are_in_sight_on_a_laptop(
    browser: BrowserContext, office: Office, clock: TownClock
) -> None:
    """With somebody parked, a message below, and all that the desk has done."""
    bus = Office(office.database, profiles.load_profile("bochum"))
    with running_box(bus, clock) as box:
        box.open_visit()
        for topic in bus.profile.topics[:8]:
            box.take(topic.id)
        for _ in range(3):
            box.call_next()
            staff.start(bus, FIRST_DESK, clock())
            staff.park(bus, FIRST_DESK, clock())
        page = staff_page(browser, box)
        expect(page.get_by_text("Kein Platz ruft auf für")).to_be_visible()
        for width, height in ((1366, 700), (1280, 720), (1024, 768), (1366, 768)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(WHOLE_ROWS) >= 4, (width, height)
            for button in page.locator(".tools button").all():
                expect(button).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("broken", [(), tuple(KINDS)], ids=["all ready", "all in trouble"])
def test_the_bar_is_one_line_whatever_is_in_trouble(
    browser: BrowserContext, office: Office, clock: TownClock, broken: tuple[str, ...]
) -> None:
    bus = Office(office.database, profiles.load_profile("gelsenkirchen"))
    with running_box(bus, clock, stand_ins={kind: kind for kind in KINDS}) as box:
        box.open_visit()
        with bus.database.write() as connection:
            for device in KINDS:
                told = DeviceChanged(device, ("fault",) if device in broken else ())
                journal.append(connection, told, clock(), None)
        page = staff_page(browser, box)
        said = f"gestört und {len(KINDS) - 1} weitere" if broken else "● Alle Geräte bereit"
        for width in (1366, 1280):
            page.set_viewport_size({"width": width, "height": 768})
            assert_one_line(page, said, "Einsatz", "Simuliert", "Platz 1")


def assert_one_line(page: Page, *texts: str) -> None:
    """All of these stand in one line of the bar."""
    middles = []
    for text in texts:
        shown = page.get_by_role("banner").get_by_text(text).first.bounding_box()
        assert shown
        assert shown["height"] < 48, f"{text!r} is more than one line"
        middles.append(shown["y"] + shown["height"] / 2)
    assert max(middles) - min(middles) < 5, "something stands on a line of its own"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "height"), [(320, 256), (360, 740), (1366, 768)])
def test_a_message_hides_neither_number_nor_focus(busy: Page, width: int, height: int) -> None:
    busy.set_viewport_size({"width": width, "height": height})
    intercept(busy, "**/recall", lambda route: route.abort())
    recall = busy.get_by_role("button", name="Erneut rufen")
    recall.focus()
    recall.press("Enter")
    message = busy.get_by_text("Keine Verbindung.")
    expect(message).to_be_in_viewport(ratio=1)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(8):
            focus = busy.evaluate(FOCUS)
            assert not focus["hidden"], focus
            expect(message).to_be_in_viewport(ratio=1)
            busy.keyboard.press(key)
    busy.evaluate("scrollTo(0, 0)")
    strip, number = busy.locator("#strip").bounding_box(), busy.locator("#number").bounding_box()
    assert strip
    assert number
    assert number["y"] >= strip["y"] + strip["height"]
