"""What staff and programs are told of the box as a whole: lost numbers, a visit left open."""

from datetime import timedelta

import pytest

from kiosk.console.api.metrics import metrics_text
from kiosk.console.http.context import ConsoleContext, open_context
from kiosk.console.pages.desk_page import desk_page
from kiosk.service import access, visits
from kiosk.service.office import Office
from kiosk.store import lost_numbers
from tests.town import FIRST_DESK, TownClock


@pytest.fixture
def context(office: Office, clock: TownClock) -> ConsoleContext:
    access.set_up(office.database)
    visits.open_visit(office, None, None, clock())
    return open_context(office, clock)


def bar(context: ConsoleContext) -> str:
    devices = desk_page(context, FIRST_DESK).devices
    return devices.short if devices.troubled else ""


def test_a_visit_left_open_over_night_shows_in_bar_and_metrics(
    context: ConsoleContext, clock: TownClock
) -> None:
    assert bar(context) == ""
    assert "radhaus_visit_open_days 0" in metrics_text(context)
    opened = clock.wall
    clock.wall += timedelta(days=1)
    assert bar(context) == f"Einsatz: seit {opened:%d.%m.} offen"
    assert "radhaus_visit_open_days 1" in metrics_text(context)
    visits.close_visit(context.office, clock(), expected=None)
    assert bar(context) == ""


def test_lost_numbers_are_reported_until_the_visit_is_closed(
    context: ConsoleContext, clock: TownClock
) -> None:
    with context.office.database.write() as connection:
        lost_numbers.skip_to_mark(connection, {"visit:letter:A": 17, "visit:letter:B": 1})
    assert bar(context) == "Nummern: A-001 bis A-017, B-001 nicht in der Liste"
    assert "radhaus_numbers_lost 18" in metrics_text(context)
    visits.close_visit(context.office, clock(), expected=None)
    assert bar(context) == ""
    assert "radhaus_numbers_lost 0" in metrics_text(context)
