"""Plan of a closing: the months of a period that is over, or all that is ended early."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.counts import ledger, periods
from kiosk.counts.draw_key import draw_key
from kiosk.counts.due import LEAST_PERIOD, counted_months, counted_people, due_months
from kiosk.counts.exact import exact_counts
from kiosk.counts.ledger_entry import ClosedPeriod, LedgerDay
from kiosk.counts.published import round_period
from kiosk.domain.errors import Refused
from kiosk.store import counters, operating_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kiosk.counts.cell import Cell
    from kiosk.counts.exact import ExactCounts
    from kiosk.counts.ledger_entry import LedgerNames
    from kiosk.counts.periods import CountsBy
    from kiosk.store.database import Connection


class PeriodTooSmall(Refused):
    """Too few people to publish anything about them."""

    def __init__(self) -> None:
        super().__init__(
            f"Fewer than {LEAST_PERIOD} people have been counted since the last closing, too few to"
            " protect them: nothing was closed. They are closed with those who come later."
        )


@dataclass(frozen=True, slots=True)
class ClosingRequest:
    """Close what is over today; with `end_running` the running period too."""

    today: date
    end_running: bool
    counts_by: CountsBy


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """The days of a closed period, and its label. `joined` were too small to be closed alone."""

    unit: str
    part: int
    label: str
    first_day: date
    last_day: date
    joined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosingPlan:
    """Exact counters that become one period."""

    span: PeriodSpan
    months: tuple[str, ...]
    exact: ExactCounts
    days: tuple[LedgerDay, ...]
    key: bytes

    def rounded(self, names: LedgerNames, *, clock_trusted: bool) -> ClosedPeriod:
        """The period as it will be published. Raises `RoundingFailed`."""
        groups = {topic: named.group for topic, named in names.topics.items()}
        tables = round_period(self.exact, groups, self.key)
        return ClosedPeriod(
            period=self.span.label,
            unit=self.span.unit,
            part=self.span.part,
            first_day=self.span.first_day,
            last_day=self.span.last_day,
            clock_trusted=clock_trusted,
            joined=list(self.span.joined),
            names=names,
            days=list(self.days),
            # That the bus was there is no secret, so a visit rounded to zero keeps its row.
            tables={
                name: _in_order(cells, zeros=name == "visits") for name, cells in tables.items()
            },
        )

    def destroy(self, connection: Connection) -> None:
        """Destroy what only this period has: its exact counters and the salts of its draw."""
        for month in self.months:
            counters.destroy(connection, month)


def next_plan(
    connection: Connection, request: ClosingRequest, entries: Sequence[ClosedPeriod]
) -> ClosingPlan | None:
    """What is to be closed next, after these entries of the ledger; None when nothing is.

    Raises `PeriodTooSmall` where the running period is to be ended and has too few people.
    """
    counted = counted_months(connection)
    if months := due_months(connection, counted, request.today, request.counts_by):
        return _plan(connection, request, entries, months, None)
    if not (counted and request.end_running):
        return None
    if counted_people(connection, counted) < LEAST_PERIOD:
        raise PeriodTooSmall
    # A clock that ran ahead for a while may have left months to come: they end with this one.
    running = periods.period_of_month(periods.month_of(request.today), request.counts_by)
    return _plan(connection, request, entries, counted, running)


def _plan(
    connection: Connection,
    request: ClosingRequest,
    entries: Sequence[ClosedPeriod],
    months: Sequence[str],
    ended: str | None,
) -> ClosingPlan:
    units = sorted({periods.period_of_month(month, request.counts_by) for month in months})
    span = _span(entries, units, ended, request.today)
    held = operating_days.between(connection, span.first_day, span.last_day)
    return ClosingPlan(
        span=span,
        months=tuple(months),
        exact=exact_counts(connection, months),
        days=tuple(
            LedgerDay(
                day.date, day.stop, planned=day.planned_begins is not None, held=day.took_place
            )
            for day in held
            if not day.cancelled or day.took_place
        ),
        key=draw_key(connection, months),
    )


def _span(
    entries: Sequence[ClosedPeriod], units: Sequence[str], ended: str | None, today: date
) -> PeriodSpan:
    """The days of a period. One that is never ended early and never reopened has a plain label."""
    unit = ended or units[-1]
    first_unit = min(units[0], unit)
    closed = ledger.in_calendar_order(entries)
    before = [period.last_day for period in closed if period.unit == first_unit]
    first_day = max(before, default=periods.first_day(first_unit))
    part = 1 + sum(period.unit == unit for period in closed)
    last_day = today if ended else periods.last_day(unit)
    return PeriodSpan(
        unit=unit,
        part=part,
        label=unit if part == 1 and not ended else f"{unit}.{part}",
        first_day=first_day,
        last_day=max(first_day, last_day),
        joined=tuple(joined for joined in units if joined < unit),
    )


def _in_order(cells: Mapping[Cell, int], *, zeros: bool) -> list[tuple[Cell, int]]:
    """Sorted, so that the order tells nothing; a cell of zero looks like none at all."""
    ordered = sorted(
        cells.items(),
        key=lambda row: [(code is not None, str(type(code)), code) for code in row[0]],
    )
    return [(cell, count) for cell, count in ordered if count or zeros]
