"""Close periods: round their counters once, freeze them in the ledger, destroy the exact ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kiosk.counts import ledger, periods
from kiosk.counts.plan import MONTHLY, ClosingRequest, counted_months, next_plan
from kiosk.domain import local_time
from kiosk.domain.errors import Refused
from kiosk.store.counters import LANGUAGES, UNDATED, VISITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from kiosk.counts.entry import Entry, Names
    from kiosk.counts.plan import Plan
    from kiosk.domain.moment import Moment
    from kiosk.store.database import Connection, Database


class MonthUnknown(Refused):
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

    Raises `MonthUnknown` where the clock is not trusted and nobody ends the running month on
    purpose, `LedgerBroken` before anything is touched.
    """
    if not (now.trusted or end_running):
        raise MonthUnknown
    with database.write() as connection:
        entries = ledger.read(connection)
        request = ClosingRequest(_today(connection, now, entries), end_running)
        _date_the_undated(connection, request.today)
    closed: list[Entry] = []
    while plan := _next(database, request, entries):
        # Rounding may take long, so it holds no lock; a change meanwhile discards its result.
        entry = plan.rounded(names, random, clock_trusted=now.trusted)
        if _freeze(database, request, entries, plan, entry):
            entries.append(entry)
            closed.append(entry)
            on_closed(entry)
        else:
            entries = _entries(database)
    database.forget_wal()  # always: a run torn before this line has left exact counts there
    return closed


def _entries(database: Database) -> list[Entry]:
    with database.read() as connection:
        return ledger.read(connection)


def _next(database: Database, request: ClosingRequest, entries: Sequence[Entry]) -> Plan | None:
    with database.read() as connection:
        return next_plan(connection, request, entries)


def _freeze(
    database: Database, request: ClosingRequest, entries: Sequence[Entry], plan: Plan, entry: Entry
) -> bool:
    """Freeze the entry, unless somebody else has closed or counted something meanwhile."""
    with database.write() as connection:
        if ledger.length(connection) != len(entries):
            return False
        if next_plan(connection, request, entries) != plan:
            return False
        ledger.append(connection, entry)
        plan.destroy(connection)
    return True


def _today(connection: Connection, now: Moment, entries: Sequence[Entry]) -> date:
    """The local date; where the clock is not set, not before the last day that is known."""
    said = local_time.local_date(now)
    if now.trusted:
        return said
    closed = [period.last_day for period in ledger.periods(entries)]
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
    month = min([*months, periods.month_of(today)])
    for table in MONTHLY:
        table.move(connection, UNDATED, month)
    quarters = LANGUAGES.periods(connection) - {UNDATED}
    LANGUAGES.move(connection, UNDATED, min([*quarters, periods.quarter_of(today)]))
