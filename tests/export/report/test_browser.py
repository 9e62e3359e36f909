"""The page of a report in a browser: on paper, on a phone, for a screen reader."""

from collections.abc import Iterator

import pytest
from msgspec import structs
from playwright.sync_api import Browser, BrowserContext, Page

from kiosk.counts.ledger_entry import ClosedPeriod, StopNames, TopicNames
from kiosk.export.report.page import make_report
from kiosk.export.report.wall import make_wall_sheets
from tests.console.axe import faults
from tests.export.report.quarter import quarter
from tests.reading_order import faults_in_order, reading_order
from tests.town import HOME

pytestmark = pytest.mark.slow  # a real browser

PX_PER_MM = 96 / 25.4
SHEET_MM = (180, 267)
"""A4 without the margins of the page."""


@pytest.fixture(scope="module")
def period() -> ClosedPeriod:
    """A quarter of a service with twelve stops of long names and forty topics."""
    stops = {f"stop-{n}": 60 + 25 * n for n in range(12)}
    topics = {f"topic-{n}": 5 * n for n in range(2, 40)}
    made = quarter("2026-Q4", stops, days=5, topics=topics)
    names = structs.replace(
        made.names,
        stops={
            s: StopNames("Ernst-Käsemann-Platz am Wochenmarkt", "Nord", "05513000") for s in stops
        },
        topics={t: TopicNames(f"Beratung zu Wohnen und Leben {t}", "", HOME) for t in topics},
    )
    return structs.replace(made, names=names)


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser for all pages of this file."""
    with chromium.new_context() as context:
        yield context


@pytest.fixture(scope="module")
def _report(context: BrowserContext, period: ClosedPeriod) -> Page:
    page = context.new_page()
    page.set_content(make_report([period], [quarter("2026-Q3", {"stop-1": 90}), period]).decode())
    return page


@pytest.fixture
def page(_report: Page) -> Page:
    """The report, on a screen."""
    return on_screen(_report)


def on_screen(page: Page) -> Page:
    """As another test has not left it."""
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 720})
    return page


def test_the_first_page_is_one_sheet_of_paper(page: Page) -> None:
    width, height = (round(mm * PX_PER_MM) for mm in SHEET_MM)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": height})
    box = page.locator(".first").bounding_box()
    assert box
    assert box["height"] <= height


def test_a_phone_shows_it_without_moving_it_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_is_free_of_faults_for_those_who_do_not_see_well(page: Page) -> None:
    assert faults(page) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_screen_reader_gets_headings_in_order_and_tables_with_names(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    heard = reading_order(page)
    assert faults_in_order(heard) == []
    first = next(part for part in heard if part.role == "heading")
    assert (first.level, "4. Quartal 2026" in first.name) == (1, True)
    names = [part.name for part in heard if part.role in {"heading", "table"}]
    in_order = [
        "Auf einen Blick",
        "Standorte: Menschen je Einsatz",
        "Nachfrage",
        "Wie gezählt wurde",
    ]
    assert [name for name in names if name in in_order] == in_order


@pytest.fixture(scope="module")
def _wall(context: BrowserContext, period: ClosedPeriod) -> Page:
    page = context.new_page()
    smileys = [((stop, score), 20) for stop in period.names.stops for score in range(1, 6)]
    period = structs.replace(period, tables=period.tables | {"feedback": smileys})
    page.set_content(make_wall_sheets([period])[0].decode())
    return page


@pytest.fixture
def wall(_wall: Page) -> Page:
    """Its sheets for the wall, with smileys of all stops."""
    return on_screen(_wall)


def test_each_sheet_for_the_wall_is_one_page_of_a4(wall: Page, period: ClosedPeriod) -> None:
    wall.emulate_media(media="print")
    wall.set_viewport_size({"width": round(210 * PX_PER_MM), "height": round(297 * PX_PER_MM)})
    over = "[...document.querySelectorAll('article')].map(a => a.scrollHeight - a.clientHeight)"
    assert wall.evaluate(over) == [0] * len(period.names.stops)


def test_sheets_for_the_wall_suit_a_phone_and_a_screen_reader(wall: Page) -> None:
    assert faults(wall) == []
    wall.set_viewport_size({"width": 390, "height": 844})
    assert wall.evaluate("document.documentElement.scrollWidth") <= 390
