"""Sums of closed periods, of one box or of many, added one by one: memory does not grow with them.

What a code is called is what it was called last. Where one period tells fewer hours apart than
another, the sum tells no more than it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import structs

from kiosk.counts.cell import Cell
from kiosk.counts.coarsening import (
    LEAST_LANGUAGE,
    LEAST_STOP,
    LEAST_TOPIC,
    OTHERS,
    block_of,
    hour_blocks,
)
from kiosk.counts.ledger_entry import TABLES, ClosedPeriod, LedgerDay
from kiosk.export.report.uncertainty import CodeUncertainty, add_counts

if TYPE_CHECKING:
    from kiosk.counts.ledger_entry import LedgerNames, Row

WEEKDAYS: Final = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_NOTED: Final = ("topics", "further")
MOST_DAYS: Final = 100_000
"""Of so many visits each is kept by its day; of more the sums alone."""


@dataclass(frozen=True, slots=True)
class SummedPeriods:
    """The sum of some periods as one period, and what is known of its uncertainty.

    `noted` is the sum of those in which anything further was noted. Days and people of a weekday
    are by stop, `OTHERS` where it was not told apart. Without `has_days` the merged period knows
    no single days any more.
    """

    merged: ClosedPeriod
    count: int
    noted: ClosedPeriod | None
    planned: int
    held: int
    missed: int
    has_days: bool
    days_of_stops: Mapping[str, int]
    days_of_weekdays: Mapping[tuple[str, str], int]
    people_of_weekdays: Mapping[tuple[str, str], int]
    stops: CodeUncertainty
    topics: CodeUncertainty
    languages: CodeUncertainty


def sum_periods(periods: Iterable[ClosedPeriod]) -> SummedPeriods:
    """Their sum, in the order of the calendar; at least one."""
    total = PeriodSum()
    for period in periods:
        total.add(period)
    return total.finish()


class _Cells(msgspec.Struct):
    """Sums of tables; hours are made as coarse as the coarsest at the end."""

    tables: dict[str, dict[Cell, int]] = {}
    begins: Sequence[int] = ()

    def add(self, period: ClosedPeriod, wanted: Iterable[str] = TABLES) -> None:
        self._coarsen(hour_blocks(period.total()))
        for table in wanted:
            self._add_rows(table, period.tables.get(table, ()))

    def add_sum(self, other: _Cells) -> None:
        self._coarsen(other.begins)
        for table, cells in other.tables.items():
            self._add_rows(table, cells.items())

    def _coarsen(self, begins: Sequence[int]) -> None:
        if begins and (not self.begins or len(begins) < len(self.begins)):
            self.begins = begins

    def _add_rows(self, table: str, rows: Iterable[tuple[Cell, int]]) -> None:
        cells = self.tables.setdefault(table, {})
        for cell, count in rows:
            cells[cell] = cells.get(cell, 0) + count

    def rows(self, table: str) -> list[Row]:
        cells: Counter[Cell] = Counter()
        for cell, count in self.tables.get(table, {}).items():
            cells[_with_hours(table, cell, self.begins)] += count
        return sorted(cells.items(), key=lambda row: [(code is None, str(code)) for code in row[0]])


def _uncertain(least: int) -> Any:  # noqa: ANN401 - msgspec's own type of a field
    return msgspec.field(default_factory=lambda: CodeUncertainty(least))


class PeriodSum(msgspec.Struct):
    """Adds up closed periods, which come in the order of the calendar.

    Of plain data: it can be stored, and added to another sum.
    """

    most_days: int = MOST_DAYS
    count: int = 0
    merged: ClosedPeriod | None = None
    cells: _Cells = msgspec.field(default_factory=_Cells)
    noted_cells: _Cells = msgspec.field(default_factory=_Cells)
    noted: bool = False
    days: list[LedgerDay] = []
    has_days: bool = True
    joined: dict[str, None] = {}
    planned: int = 0
    held: int = 0
    missed: int = 0
    days_of_stops: dict[str, int] = {}
    days_of_weekdays: dict[tuple[str, str], int] = {}
    people_of_weekdays: dict[tuple[str, str], int] = {}
    stops: CodeUncertainty = _uncertain(LEAST_STOP)
    topics: CodeUncertainty = _uncertain(LEAST_TOPIC)
    languages: CodeUncertainty = _uncertain(LEAST_LANGUAGE)

    def add(self, period: ClosedPeriod) -> None:
        """Add a period."""
        self.count += 1
        self.merged = _joined_facts(self.merged, period)
        self.joined.update(dict.fromkeys(period.joined))
        self.cells.add(period)
        if period.tables.get("further"):
            self.noted = True
            self.noted_cells.add(period, _NOTED)
        stops = sums_by(period, "demand", 0)
        self._count_days(period, stops)
        self._keep_days(period.days)
        been = {day.stop for day in period.days if day.held}
        self.stops.add(stops, been if period.days else period.names.stops)
        self.topics.add(sums_by(period, "topics", 1), period.names.topics)
        self.languages.add(sums_by(period, "languages", 0), None)

    def add_sum(self, other: PeriodSum) -> None:
        """Add the sum of later periods, as if each had been added."""
        if other.merged is None:
            return
        self.count += other.count
        self.merged = _joined_facts(self.merged, other.merged)
        self.joined.update(other.joined)
        self.cells.add_sum(other.cells)
        self.noted_cells.add_sum(other.noted_cells)
        self.noted |= other.noted
        self.planned += other.planned
        self.held += other.held
        self.missed += other.missed
        add_counts(self.days_of_stops, other.days_of_stops)
        add_counts(self.days_of_weekdays, other.days_of_weekdays)
        add_counts(self.people_of_weekdays, other.people_of_weekdays)
        self.has_days &= other.has_days
        self._keep_days(other.days)
        self.stops.add_sum(other.stops)
        self.topics.add_sum(other.topics)
        self.languages.add_sum(other.languages)

    def _count_days(self, period: ClosedPeriod, told: Mapping[str, int]) -> None:
        for day in period.days:
            self.planned += day.planned
            self.held += day.held
            self.missed += day.planned and not day.held
            if day.held:
                stop = day.stop if told.get(day.stop) else OTHERS
                add_counts(self.days_of_stops, {stop: 1})
                if day.date:
                    add_counts(self.days_of_weekdays, {(stop, WEEKDAYS[day.date.weekday()]): 1})
        for (on, at), count in period.tables.get("visits", []):
            if on is not None:
                weekday = WEEKDAYS[date.fromisoformat(str(on)).weekday()]
                add_counts(self.people_of_weekdays, {(str(at), weekday): count})

    def _keep_days(self, days: Sequence[LedgerDay]) -> None:
        if self.has_days:
            self.days.extend(days)
            self.has_days = len(self.days) <= self.most_days
        if not self.has_days:
            self._forget_days()

    def _forget_days(self) -> None:
        self.days.clear()
        visits: dict[Cell, int] = {}
        for cell, count in self.cells.tables.get("visits", {}).items():
            collapsed: Cell = (None, cell[1])
            visits[collapsed] = visits.get(collapsed, 0) + count
        self.cells.tables["visits"] = visits

    def finish(self) -> SummedPeriods:
        """The sum of what was added, at least one period."""
        assert self.merged is not None  # noqa: S101 - callers sum at least one period
        merged = self.merged
        if self.count > 1:
            merged = structs.replace(
                merged,
                tables={table: self.cells.rows(table) for table in TABLES},
                days=self.days,
                joined=list(self.joined),
            )
        noted = None
        if self.noted:
            tables = {table: self.noted_cells.rows(table) for table in _NOTED}
            noted = structs.replace(merged, tables=tables)
        return SummedPeriods(
            merged,
            self.count,
            noted,
            self.planned,
            self.held,
            self.missed,
            self.has_days,
            self.days_of_stops,
            self.days_of_weekdays,
            self.people_of_weekdays,
            self.stops,
            self.topics,
            self.languages,
        )


def sums_by(period: ClosedPeriod, table: str, column: int) -> Counter[str]:
    """The counts of a table by the code in one of its columns."""
    found: Counter[str] = Counter()
    for cell, count in period.tables.get(table, []):
        if cell[column] is not None:
            found[str(cell[column])] += count
    return found


def _joined_facts(merged: ClosedPeriod | None, period: ClosedPeriod) -> ClosedPeriod:
    """Label, days and names of the sum, without its tables."""
    if merged is None:
        return period
    first = merged.period.partition(" bis ")[0], merged.unit.partition(" bis ")[0]
    return structs.replace(
        period,
        period=_from_to(first[0], period.period.rpartition(" bis ")[2]),
        unit=_from_to(first[1], period.unit.rpartition(" bis ")[2]),
        part=0,
        first_day=min(merged.first_day, period.first_day),
        last_day=max(merged.last_day, period.last_day),
        clock_trusted=merged.clock_trusted and period.clock_trusted,
        names=_names(merged.names, period.names),
    )


def _from_to(first: str, last: str) -> str:
    return first if first == last else f"{first} bis {last}"


def _with_hours(table: str, cell: Cell, begins: Sequence[int]) -> Cell:
    if "hours" not in TABLES[table]:
        return cell
    column = TABLES[table].index("hours")
    hours = cell[column]
    if hours is None or hours == OTHERS:
        return cell
    block = block_of(int(str(hours)[:2]), begins)
    return (*cell[:column], block, *cell[column + 1 :])


def _names(before: LedgerNames, names: LedgerNames) -> LedgerNames:
    return structs.replace(
        names,
        stops=before.stops | names.stops,
        topics=before.topics | names.topics,
        groups=before.groups | names.groups,
        partners=before.partners | names.partners,
        offers=before.offers | names.offers,
        questions=before.questions | names.questions,
        outcomes=before.outcomes | names.outcomes,
        survey=before.survey | names.survey,
        simulated=before.simulated or names.simulated,
        score_levels=max(before.score_levels, names.score_levels),
    )
