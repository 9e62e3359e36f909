"""Closed quarters with chosen figures, to be reported on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import structs

from kiosk.counts.ledger_entry import LedgerDay
from tests.export.closed import a_period
from tests.town import HOME, RENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.counts.ledger_entry import ClosedPeriod


def quarter(
    unit: str,
    people: Mapping[str, int],
    days: int = 10,
    topics: Mapping[str, int] | None = None,
    not_held: int = 0,
) -> ClosedPeriod:
    """So many people came to each stop in a quarter, on as many days each."""
    period = a_period(unit)
    dates = [period.first_day + timedelta(n) for n in range(days + not_held)]
    planned = [
        LedgerDay(date, stop, planned=True, held=place < days)
        for stop in people
        for place, date in enumerate(dates)
    ]
    asked = topics or {RENT: sum(people.values())}
    tables = period.tables | {
        "visits": [((str(d.date), d.stop), people[d.stop] // days) for d in planned if d.held],
        "demand": [((stop, HOME), n) for stop, n in people.items()],
        "topics": [((HOME, topic), n) for topic, n in asked.items()],
    }
    return structs.replace(period, days=planned, tables=tables)
