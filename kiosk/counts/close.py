"""Closing of periods: round the counters once, freeze them in the ledger, destroy exact ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kiosk.counts import closing_log, ledger, periods
from kiosk.counts.closing_plan import ClosingRequest, next_plan
from kiosk.counts.due import counted_months
from kiosk.domain import local_time
from kiosk.domain.errors import Refused
from kiosk.store import counters
from kiosk.store.counters import UNDATED, VISITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.counts.closing_plan import ClosingPlan
    from kiosk.counts.ledger_entry import ClosedPeriod, LedgerNames
    from kiosk.counts.periods import CountsBy
    from kiosk.domain.moment import Moment
    from kiosk.store.database import Connection, Database


class PeriodUnknown(Refused):
    """Without a clock it is unknown which periods are over."""

    def __init__(self) -> None:
        super().__init__(
            "The clock is not set, so it is unknown which periods are over:"
            " connect the box to a network, or end the running period with --now."
        )


def close_periods(  # noqa: PLR0913 - time and names come in as arguments
    database: Database,
    names: LedgerNames,
    now: Moment,
    *,
    counts_by: CountsBy = "quarter",
    end_running: bool = False,
    on_closed: Callable[[ClosedPeriod], None] = lambda _: None,
) -> list[ClosedPeriod]:
    """Close every period that is over; with `end_running` the running one too.

    Raises `PeriodUnknown` where the clock is not trusted and the running period is not to be ended,
    `PeriodTooSmall` where it is and has too few people, `LedgerBroken` before anything is touched,
    `RoundingFailed`.
    """
    if not (now.trusted or end_running):
        raise PeriodUnknown
    with database.write() as connection:
        entries = ledger.read(connection)
        request = ClosingRequest(_today(connection, now, entries), end_running, counts_by)
        _date_the_undated(connection, request.today)
    closed: list[ClosedPeriod] = []
    try:
        while plan := _next_plan(database, request, entries):
            # Rounding takes its time, so it holds no lock; a change meanwhile discards its result.
            entry = plan.rounded(names, clock_trusted=now.trusted)
            with database.write() as connection:
                frozen = _freeze(connection, request, entries, plan, entry)
                if frozen:
                    closing_log.write_closed(connection, entry, now)
            if frozen:
                entries.append(entry)
                closed.append(entry)
                on_closed(entry)
            else:
                entries = _entries(database)
    finally:
        database.truncate_wal()  # always: a run torn before this line has left exact counts there
    return closed


def _entries(database: Database) -> list[ClosedPeriod]:
    with database.read() as connection:
        return ledger.read(connection)


def _next_plan(
    database: Database,
    request: ClosingRequest,
    entries: Sequence[ClosedPeriod],
) -> ClosingPlan | None:
    with database.read() as connection:
        return next_plan(connection, request, entries)


def _freeze(
    connection: Connection,
    request: ClosingRequest,
    entries: Sequence[ClosedPeriod],
    plan: ClosingPlan,
    entry: ClosedPeriod,
) -> bool:
    """Freeze the entry, unless another process has closed or counted something meanwhile."""
    if ledger.length(connection) != len(entries):
        return False
    if next_plan(connection, request, entries) != plan:
        return False
    ledger.append(connection, entry)
    plan.destroy(connection)
    return True


def _today(connection: Connection, now: Moment, entries: Sequence[ClosedPeriod]) -> date:
    """The local date; where the clock is not set, not before the last day that is known."""
    clock_date = local_time.local_date(now)
    if now.trusted:
        return clock_date
    closed = [period.last_day for period in entries]
    days = [
        date.fromisoformat(key.date)
        for month in counted_months(connection)
        for key in VISITS.of(connection, month)
        if key.date
    ]
    return max([clock_date, *closed, *days])


def _date_the_undated(connection: Connection, today: date) -> None:
    """Put what has no date into the period that is closed next."""
    month = min([*counted_months(connection), periods.month_of(today)])
    counters.move(connection, UNDATED, month)
