"""What stands on the call display while no number is called, and where it comes from."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kiosk.domain.house_rule import HouseRule
from kiosk.domain.planned_hours import PlannedHours
from kiosk.service import visits
from kiosk.service.office import Office
from kiosk.settings.profiles import load_profile
from kiosk.settings.profiles.house_rules import LONGEST_RULE
from kiosk.store.database import Database
from tests.console.box import Box, running_box
from tests.console.test_display import call_next
from tests.town import ESTATE, MARKET, TOWN, TownClock

RULES = (
    HouseRule("Bitte nicht rauchen.", "No smoking."),
    HouseRule("Hunde warten draußen."),
    *[HouseRule("Kinderwagen und Gehwagen stehen hinten, bis sie fahren.", "l" * LONGEST_RULE)] * 2,
)
HOURS = (
    PlannedHours(MARKET, "10:00", "12:00", weekday="tu"),
    PlannedHours(ESTATE, "14:00", "16:30", date="2026-11-25"),
)
TO = "\N{EN DASH}"
SIZES = ((1920, 1080), (1366, 600), (1024, 768), (390, 844))


@pytest.fixture
def planned(database: Database, clock: TownClock) -> Iterator[Box]:
    """A box with a plan for the next days, and rules; Sunday, 22 November."""
    profile = replace(TOWN, timetable=HOURS, house_rules=RULES)
    with running_box(Office(database, profile), clock) as box:
        yield box


@pytest.mark.slow  # a real browser
def test_the_emblem_stands_beside_the_name(
    database: Database, clock: TownClock, chromium: Browser
) -> None:
    with running_box(Office(database, load_profile("gelsenkirchen")), clock) as box:
        page = chromium.new_page(base_url=box.url)
        page.goto("/display")
        picture = page.locator(".stop img")
        expect(page.locator("#stop")).to_have_text("BuS-Bus")
        for opened in (False, True):
            if opened:
                box.open_visit()
                expect(page.locator("#open")).to_be_visible()
                expect(page.locator("#stop")).to_have_text("Wochenmarkt Hassel")
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                expect(picture).to_be_visible()
                assert picture.evaluate("img => img.decode().then(() => img.naturalHeight)") > 0
                fits(page, page.locator("aside > :visible"))
        page.close()


SMALL = """() => [...document.querySelectorAll("body *")].filter((element) =>
    element.checkVisibility() && !element.matches(".unseen")
    && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
    && parseFloat(getComputedStyle(element).fontSize) < 16
).map((element) => element.textContent.trim())"""
"""Texts in letters of less than 16 px."""


@pytest.mark.slow  # a real browser
def test_no_text_is_small_on_a_phone(planned: Box, chromium: Browser) -> None:
    page = chromium.new_page(base_url=planned.url)
    page.goto("/display")

    def nothing_small(seen: str) -> None:
        expect(page.get_by_text(seen).first).to_be_visible()
        for width, height in ((390, 844), (320, 568), (844, 390)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(SMALL) == [], (seen, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    nothing_small("Im Moment geschlossen")
    planned.open_visit()
    nothing_small("Ihre Nummer erscheint hier.")
    planned.take()
    planned.call_next()
    nothing_small("Bitte kommen Sie")
    page.close()


def test_without_an_emblem_there_is_no_picture(planned: Box) -> None:
    assert planned.stranger().get("/display/emblem.svg").status_code == 404
    assert "emblem" not in planned.stranger().get("/display").text


def test_anybody_may_ask_for_the_next_visits(planned: Box) -> None:
    answer = planned.stranger().get("/api/v1/timetable/next")
    assert [(one["stop"], one["name"], one["begins"], one["ends"]) for one in answer.json()] == [
        (MARKET, "Markt", "2026-11-24T10:00:00+01:00", "2026-11-24T12:00:00+01:00"),
        (ESTATE, "Siedlung", "2026-11-25T14:00:00+01:00", "2026-11-25T16:30:00+01:00"),
        (MARKET, "Markt", "2026-12-01T10:00:00+01:00", "2026-12-01T12:00:00+01:00"),
    ]


def test_without_a_set_clock_no_visit_is_promised(planned: Box) -> None:
    planned.clock.trusted = False
    assert planned.stranger().get("/api/v1/timetable/next").json() == []


@pytest.mark.slow  # a real browser
def test_rules_and_next_stops_are_shown_between_calls_and_give_way_to_a_call(
    chromium: Browser, planned: Box
) -> None:
    with chromium.new_context(base_url=planned.url) as context:
        page = context.new_page()
        page.goto("/display")
        next_stops = page.locator("#next")
        expect(next_stops).to_contain_text(f"Di., 24.11., 10:00{TO}12:00 Uhr Markt")
        expect(next_stops).to_contain_text(f"Mi., 25.11., 14:00{TO}16:30 Uhr Siedlung")
        expect(page.get_by_text("Bitte nicht rauchen.")).to_be_hidden()  # nobody is there
        planned.open_visit()
        expect(page.get_by_text("Bitte nicht rauchen.")).to_be_visible()
        expect(page.get_by_text("No smoking.")).to_be_visible()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            fits(page, page.locator("#pause > :visible"))
        planned.take()
        number = call_next(planned)
        expect(page.get_by_text(number)).to_be_visible()
        expect(next_stops).to_be_hidden()
        visits.close_visit(planned.office, planned.clock(), expected=None)
        expect(next_stops).to_be_visible()


def fits(page: Page, parts: Locator) -> None:
    """Nothing lies over anything else, or outside of the window; on a phone the page scrolls."""
    boxes = [part.bounding_box() for part in parts.all()]
    width = page.evaluate("innerWidth")
    below = 0.0
    for box in boxes:
        assert box, "shown"
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= below, f"{page.viewport_size}: lies over what is above it"
        below = box["y"] + box["height"]
    scrolls = page.evaluate("getComputedStyle(document.body).overflowY") == "auto"
    assert scrolls or below <= page.evaluate("innerHeight"), page.viewport_size
