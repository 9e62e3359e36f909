"""Closing of periods: round the counters once, freeze them in the ledger, destroy exact ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kiosk.counts import ledger, periods
from kiosk.counts.closing_plan import MONTHLY, ClosingRequest, counted_months, next_plan
from kiosk.domain import local_time
from kiosk.domain.errors import Refused
from kiosk.store.counters import LANGUAGES, UNDATED, VISITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from kiosk.counts.closing_plan import ClosingPlan
    from kiosk.counts.ledger_entry import LedgerEntry, LedgerNames
    from kiosk.domain.moment import Moment
    from kiosk.store.database import Connection, Database


class MonthUnknown(Refused):
    """Without a clock it is unknown which months are over."""

    def __init__(self) -> None:
        super().__init__(
            "The clock is not set, so nobody knows which months are over:"
            " connect the device to a network, or end the running period with --now."
        )


def close_periods(  # noqa: PLR0913 - time, chance and names come in as arguments
    database: Database,
    names: LedgerNames,
    now: Moment,
    random: Random,
    *,
    end_running: bool = False,
    on_closed: Callable[[LedgerEntry], None] = lambda _: None,
) -> list[LedgerEntry]:
    """Close every period that is over; with `end_running` the running month too.

    Raises `MonthUnknown` where the clock is not trusted and the running month is not to be ended,
    `LedgerBroken` before anything is touched.
    """
    if not (now.trusted or end_running):
        raise MonthUnknown
    with database.write() as connection:
        entries = ledger.read(connection)
        request = ClosingRequest(_today(connection, now, entries), end_running)
        _date_the_undated(connection, request.today)
    closed: list[LedgerEntry] = []
    while plan := _next_plan(database, request, entries):
        # Rounding may take long, so it holds no lock; a change meanwhile discards its result.
        entry = plan.rounded(names, random, clock_trusted=now.trusted)
        if _freeze(database, request, entries, plan, entry):
            entries.append(entry)
            closed.append(entry)
            on_closed(entry)
        else:
            entries = _entries(database)
    database.truncate_wal()  # always: a run torn before this line has left exact counts there
    return closed


def _entries(database: Database) -> list[LedgerEntry]:
    with database.read() as connection:
        return ledger.read(connection)


def _next_plan(
    database: Database, request: ClosingRequest, entries: Sequence[LedgerEntry]
) -> ClosingPlan | None:
    with database.read() as connection:
        return next_plan(connection, request, entries)


def _freeze(
    database: Database,
    request: ClosingRequest,
    entries: Sequence[LedgerEntry],
    plan: ClosingPlan,
    entry: LedgerEntry,
) -> bool:
    """Freeze the entry, unless another process has closed or counted something meanwhile."""
    with database.write() as connection:
        if ledger.length(connection) != len(entries):
            return False
        if next_plan(connection, request, entries) != plan:
            return False
        ledger.append(connection, entry)
        plan.destroy(connection)
    return True


def _today(connection: Connection, now: Moment, entries: Sequence[LedgerEntry]) -> date:
    """The local date; where the clock is not set, not before the last day that is known."""
    clock_date = local_time.local_date(now)
    if now.trusted:
        return clock_date
    closed = [period.last_day for period in ledger.periods(entries)]
    days = [
        date.fromisoformat(key.date)
        for month in counted_months(connection)
        for key in VISITS.of(connection, month)
        if key.date
    ]
    return max([clock_date, *closed, *days])


def _date_the_undated(connection: Connection, today: date) -> None:
    """Put what has no date into the period that is closed next."""
    months = counted_months(connection) - {UNDATED}
    month = min([*months, periods.month_of(today)])
    for table in MONTHLY:
        table.move(connection, UNDATED, month)
    quarters = LANGUAGES.periods(connection) - {UNDATED}
    LANGUAGES.move(connection, UNDATED, min([*quarters, periods.quarter_of(today)]))
