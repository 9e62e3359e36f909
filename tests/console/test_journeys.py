"""What a person costs a clerk in clicks and keys: never more than stands here."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kiosk.service.office import Office
from tests.console.box import Box, running_box
from tests.console.conftest import staff_page
from tests.console.journeys import JOURNEYS, PLANNED, UNUSED_TAB, Journey, Means, play, prepare
from tests.prepared import new_database
from tests.town import TownClock

pytestmark = pytest.mark.slow  # a real browser

PLAIN_AT_MOST = 2
"""Clicks, or keys, from one called person to the next."""

PLAIN = JOURNEYS[:2]


def clicks_of(journey: Journey) -> int:
    """One each, and one more to open a list."""
    return len(journey.clicks) + sum(isinstance(step, tuple) for step in journey.clicks)


@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, Box]]:
    with (
        closing(new_database(tmp_path_factory.mktemp("journeys") / "kiosk.db")) as database,
        running_box(Office(database, PLANNED), TownClock(tick_s=0.02)) as box,
    ):
        context = chromium.new_context(base_url=box.url, locale="de-DE")
        page = staff_page(context, box)
        page.goto(UNUSED_TAB)
        yield page, box
        context.close()


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.name)
def test_journey_needs_no_more_presses_than_documented(
    desk: tuple[Page, Box], journey: Journey
) -> None:
    page, box = desk
    documented: dict[Means, int] = {"clicks": clicks_of(journey), "keys": len(journey.keys)}
    for means, presses in documented.items():
        prepare(journey, box.office, box.clock)
        pressed = play(page, journey, means)
        assert pressed == presses
        assert pressed <= PLAIN_AT_MOST or journey not in PLAIN


def test_documented_counts_match_the_journeys() -> None:
    written = (Path(__file__).parents[2] / "docs" / "presses.md").read_text()
    for journey in JOURNEYS:
        assert f"| {journey.name} | {clicks_of(journey)} | {len(journey.keys)} |" in written
