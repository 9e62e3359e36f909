"""Close periods: round their counters once, freeze them in the ledger, destroy the exact ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kiosk.counts import calendar, ledger
from kiosk.counts.plan import MONTHLY, counted_months, next_plan
from kiosk.domain.errors import Refused
from kiosk.store.counters import LANGUAGES, UNDATED, VISITS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from kiosk.counts.entry import Entry, Names
    from kiosk.counts.plan import MonthPlan, QuarterPlan
    from kiosk.domain.moment import Moment
    from kiosk.store.database import Connection, Database


class ClockNotSet(Refused):
    """Nobody knows which months are over."""

    def __init__(self) -> None:
        super().__init__(
            "The clock is not set, so nobody knows which months are over:"
            " connect the device to a network, or end the running period with --now."
        )


def close_periods(  # noqa: PLR0913 - time, chance and names come in as arguments
    database: Database,
    names: Names,
    now: Moment,
    random: Random,
    *,
    end_running: bool = False,
    on_closed: Callable[[Entry], None] = lambda _: None,
) -> list[Entry]:
    """Close every period that is over; with `end_running` the running month too.

    Raises `ClockNotSet` where the clock is not trusted and nobody ends the running month on
    purpose, `LedgerBroken` before anything is touched.
    """
    if not (now.trusted or end_running):
        raise ClockNotSet
    with database.write() as connection:
        today = _today(connection, now)
        _date_the_undated(connection, today)
    closed: list[Entry] = []
    while plan := _next(database, today, end_running=end_running):
        # Rounding may take long, so it holds no lock; a change meanwhile discards its result.
        entry = plan.rounded(names, random, clock_trusted=now.trusted)
        if _freeze(database, plan, entry, today, end_running=end_running):
            closed.append(entry)
            on_closed(entry)
    if closed:
        database.forget_wal()
    return closed


def _next(database: Database, today: date, *, end_running: bool) -> MonthPlan | QuarterPlan | None:
    with database.read() as connection:
        return next_plan(connection, today, end_running=end_running)


def _freeze(
    database: Database,
    plan: MonthPlan | QuarterPlan,
    entry: Entry,
    today: date,
    *,
    end_running: bool,
) -> bool:
    with database.write() as connection:
        if next_plan(connection, today, end_running=end_running) != plan:
            return False
        ledger.append(connection, entry)
        plan.destroy(connection)
    return True


def _today(connection: Connection, now: Moment) -> date:
    """The local date; where the clock is not set, not before the last day that is known."""
    said = calendar.today(now)
    if now.trusted:
        return said
    closed = [period.last_day for period in ledger.periods(connection)]
    days = [
        date.fromisoformat(key.date)
        for month in counted_months(connection)
        for key in VISITS.of(connection, month)
        if key.date
    ]
    return max([said, *closed, *days])


def _date_the_undated(connection: Connection, today: date) -> None:
    """Put what has no date into the period that is closed next."""
    months = counted_months(connection) - {UNDATED}
    month = min([*months, calendar.month_of(today)])
    for table in MONTHLY:
        table.move(connection, UNDATED, month)
    quarters = LANGUAGES.periods(connection) - {UNDATED}
    LANGUAGES.move(connection, UNDATED, min([*quarters, calendar.quarter_of(today)]))
