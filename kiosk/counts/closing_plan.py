"""What is to be closed next: the counters of a month, of part of one, or a quarter's languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.counts import ledger, periods
from kiosk.counts.ledger_entry import ClosedPeriod, ClosedQuarter
from kiosk.counts.rounding import CellKey, round_cells
from kiosk.store.counters import (
    DEMAND,
    FEEDBACK,
    LANGUAGES,
    RECORDS,
    VISITS,
    CounterTable,
    DemandKey,
    FeedbackKey,
    LanguageKey,
    RecordKey,
    VisitKey,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from random import Random

    from kiosk.counts.ledger_entry import LedgerEntry, LedgerNames
    from kiosk.store.database import Connection

MONTHLY = (DEMAND, FEEDBACK, VISITS, RECORDS)


@dataclass(frozen=True, slots=True)
class ClosingRequest:
    """Close what is over today; with `end_running` the running month too, never a quarter."""

    today: date
    end_running: bool


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """The days of a closed period, and its label."""

    month: str
    part: int
    label: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """Exact counters that become one period: one month's, or all when the running one ends."""

    span: PeriodSpan
    months: tuple[str, ...]
    demand: Mapping[DemandKey, int]
    feedback: Mapping[FeedbackKey, int]
    visits: Mapping[VisitKey, int]
    records: Mapping[RecordKey, int]

    def rounded(self, names: LedgerNames, random: Random, *, clock_trusted: bool) -> ClosedPeriod:
        """The period as it will be published, drawn by chance."""
        return ClosedPeriod(
            period=self.span.label,
            month=self.span.month,
            part=self.span.part,
            first_day=self.span.first_day,
            last_day=self.span.last_day,
            clock_trusted=clock_trusted,
            names=names,
            demand=_without_zeros(round_cells(self.demand, random)),
            feedback=_without_zeros(round_cells(self.feedback, random)),
            # That the bus was there is no secret, so a visit rounded to zero keeps its row.
            visits=_in_order(round_cells(self.visits, random)),
            records=_without_zeros(round_cells(self.records, random)),
        )

    def destroy(self, connection: Connection) -> None:
        for month in self.months:
            for table in MONTHLY:
                table.destroy(connection, month)


@dataclass(frozen=True, slots=True)
class QuarterPlan:
    """A quarter whose languages are closed."""

    quarter: str
    languages: Mapping[LanguageKey, int]

    def rounded(self, names: LedgerNames, random: Random, *, clock_trusted: bool) -> ClosedQuarter:
        """The quarter as it will be published, drawn by chance."""
        del names, clock_trusted  # a language code explains itself; no date is published with it
        rounded = round_cells(self.languages, random)
        return ClosedQuarter(self.quarter, _without_zeros(rounded))

    def destroy(self, connection: Connection) -> None:

        LANGUAGES.destroy(connection, self.quarter)


ClosingPlan = MonthPlan | QuarterPlan


def next_plan(
    connection: Connection, request: ClosingRequest, entries: Sequence[LedgerEntry]
) -> ClosingPlan | None:
    """What is to be closed next, after these entries of the ledger; None when nothing is."""
    return _month_plan(connection, request, entries) or _quarter_plan(connection, request.today)


def counted_months(connection: Connection) -> set[str]:
    """The months in which something has been counted and not been closed."""
    return set().union(*(table.periods(connection) for table in MONTHLY))


def _month_plan(
    connection: Connection, request: ClosingRequest, entries: Sequence[LedgerEntry]
) -> MonthPlan | None:
    running = periods.month_of(request.today)
    counted = sorted(counted_months(connection))
    over = [month for month in counted if month < running]
    if over:
        months, span = over[:1], _span(entries, over[0], None)
    elif counted and request.end_running:
        # A clock that ran ahead for a while may have left months to come: they end with this one.
        months, span = counted, _span(entries, running, request.today)
    else:
        return None
    return MonthPlan(
        span=span,
        months=tuple(months),
        demand=_together(connection, DEMAND, months),
        feedback=_together(connection, FEEDBACK, months),
        visits=_together(connection, VISITS, months),
        records=_together(connection, RECORDS, months),
    )


def _quarter_plan(connection: Connection, today: date) -> QuarterPlan | None:
    running = periods.quarter_of(today)
    over = sorted(quarter for quarter in LANGUAGES.periods(connection) if quarter < running)
    if not over:
        return None
    return QuarterPlan(over[0], LANGUAGES.of(connection, over[0]))


def _span(entries: Sequence[LedgerEntry], month: str, ended_on: date | None) -> PeriodSpan:
    """The days of a month's next part. A month that is never ended early keeps its plain label."""
    before = [period for period in ledger.periods(entries) if period.month == month]
    first_day = before[-1].last_day if before else periods.first_day(month)
    part = len(before) + 1
    whole = part == 1 and ended_on is None
    return PeriodSpan(
        month=month,
        part=part,
        label=month if whole else f"{month}.{part}",
        first_day=first_day,
        last_day=max(first_day, ended_on or periods.last_day(month)),
    )


def _together(
    connection: Connection, table: CounterTable[CellKey], months: Iterable[str]
) -> dict[CellKey, int]:
    total: Counter[CellKey] = Counter()
    for month in months:
        total.update(table.of(connection, month))
    return dict(total)


def _without_zeros(cells: Mapping[CellKey, int]) -> list[tuple[CellKey, int]]:
    """A cell rounded to zero looks like one in which nothing was."""
    return [(key, count) for key, count in _in_order(cells) if count]


def _in_order(cells: Mapping[CellKey, int]) -> list[tuple[CellKey, int]]:
    """Sorted, so that the order tells nothing; what is unknown stands first."""
    return sorted(cells.items(), key=lambda cell: [(part is not None, part) for part in cell[0]])
