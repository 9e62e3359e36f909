"""Due date of closing: which periods are over, and whether their people are enough to protect.

Services ask this at each look, so nothing that rounds is imported here: that costs 100 MB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.counts import periods
from kiosk.store import counters
from kiosk.store.counters import UNDATED, VISITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kiosk.counts.periods import CountsBy
    from kiosk.store.database import Connection

LEAST_PERIOD: Final = 100
"""People of a period that can be protected; with fewer it joins the next one."""

LEAST_MONTH: Final = 300
"""People of a month that is closed alone, before its quarter is over."""


def counted_months(connection: Connection) -> list[str]:
    """The months in which something has been counted and not been closed, in order."""
    return sorted(counters.open_months(connection) - {UNDATED})


def periods_over(counted: Iterable[str], today: date, counts_by: CountsBy) -> list[str]:
    """The periods of counted months that are over, in order."""
    running = periods.period_of_month(periods.month_of(today), counts_by)
    units = {periods.period_of_month(month, counts_by) for month in counted}
    return sorted(unit for unit in units if unit < running)


def due_months(
    connection: Connection, counted: Sequence[str], today: date, counts_by: CountsBy
) -> list[str]:
    """Of the counted months those to be closed next, as one period; none where nothing is."""
    for unit in periods_over(counted, today, counts_by):
        months = [m for m in counted if periods.period_of_month(m, counts_by) <= unit]
        # What has no date belongs to the period that is closed next.
        if counted_people(connection, [UNDATED, *months]) >= least_people(unit):
            return months
    return []


def least_people(unit: str) -> int:
    """With how many people a period is closed alone; the last month of a quarter closes it."""
    ends_quarter = periods.last_day(unit) == periods.last_day(
        periods.quarter_of(periods.first_day(unit))
    )
    return LEAST_PERIOD if ends_quarter else LEAST_MONTH


def counted_people(connection: Connection, months: Iterable[str]) -> int:
    """How many people came in these months. Never leaves the device."""
    return sum(sum(VISITS.of(connection, month).values()) for month in months)
