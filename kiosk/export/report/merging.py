"""Sums of closed periods, of one box or of many, added one by one: memory does not grow with them.

What a code is called is what it was called last. Where one period tells fewer hours apart than
another, the sum tells no more than it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import structs

from kiosk.counts.coarsening import (
    LEAST_LANGUAGE,
    LEAST_STOP,
    LEAST_TOPIC,
    OTHERS,
    block_of,
    hour_blocks,
)
from kiosk.counts.ledger_entry import TABLES
from kiosk.export.report.uncertainty import CodeUncertainty

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod, LedgerDay, LedgerNames, Row
    from kiosk.counts.rounding import Cell

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


@dataclass(slots=True)
class _Cells:
    """Sums of tables; hours are made as coarse as the coarsest at the end."""

    tables: dict[str, dict[Cell, int]] = field(default_factory=dict)
    begins: Sequence[int] = ()

    def add(self, period: ClosedPeriod, wanted: Iterable[str] = TABLES) -> None:
        begins = hour_blocks(period.total())
        if not self.begins or len(begins) < len(self.begins):
            self.begins = begins
        for table in wanted:
            cells = self.tables.setdefault(table, {})
            for cell, count in period.tables.get(table, ()):
                cells[cell] = cells.get(cell, 0) + count

    def rows(self, table: str) -> list[Row]:
        cells: Counter[Cell] = Counter()
        for cell, count in self.tables.get(table, {}).items():
            cells[_with_hours(table, cell, self.begins)] += count
        return sorted(cells.items(), key=lambda row: [(code is None, str(code)) for code in row[0]])


class PeriodSum:
    """Adds closed periods up, which come in the order of the calendar."""

    def __init__(self, most_days: int = MOST_DAYS) -> None:
        self._most_days = most_days
        self._count = 0
        self._merged: ClosedPeriod | None = None
        self._cells, self._noted_cells = _Cells(), _Cells()
        self._noted = False
        self._days: list[LedgerDay] = []
        self._has_days = True
        self._joined: dict[str, None] = {}
        self._planned = self._held = self._missed = 0
        self._days_of_stops: Counter[str] = Counter()
        self._days_of_weekdays: Counter[tuple[str, str]] = Counter()
        self._people_of_weekdays: Counter[tuple[str, str]] = Counter()
        self._stops = CodeUncertainty(LEAST_STOP)
        self._topics = CodeUncertainty(LEAST_TOPIC)
        self._languages = CodeUncertainty(LEAST_LANGUAGE)

    def add(self, period: ClosedPeriod) -> None:
        self._count += 1
        self._merged = _joined_facts(self._merged, period)
        self._joined.update(dict.fromkeys(period.joined))
        self._cells.add(period)
        if period.tables.get("further"):
            self._noted = True
            self._noted_cells.add(period, _NOTED)
        stops = sums_by(period, "demand", 0)
        self._add_days(period, stops)
        been = {day.stop for day in period.days if day.held}
        self._stops.add(stops, been if period.days else period.names.stops)
        self._topics.add(sums_by(period, "topics", 1), period.names.topics)
        self._languages.add(sums_by(period, "languages", 0), None)

    def _add_days(self, period: ClosedPeriod, told: Mapping[str, int]) -> None:
        for day in period.days:
            self._planned += day.planned
            self._held += day.held
            self._missed += day.planned and not day.held
            if day.held:
                stop = day.stop if told.get(day.stop) else OTHERS
                self._days_of_stops[stop] += 1
                if day.date:
                    self._days_of_weekdays[stop, WEEKDAYS[day.date.weekday()]] += 1
        for (on, at), count in period.tables.get("visits", []):
            if on is not None:
                weekday = WEEKDAYS[date.fromisoformat(str(on)).weekday()]
                self._people_of_weekdays[str(at), weekday] += count
        if self._has_days:
            self._days.extend(period.days)
            self._has_days = len(self._days) <= self._most_days
        if not self._has_days:
            self._forget_days()

    def _forget_days(self) -> None:
        self._days.clear()
        visits: Counter[Cell] = Counter()
        for cell, count in self._cells.tables.get("visits", {}).items():
            visits[None, cell[1]] += count
        self._cells.tables["visits"] = visits

    def finish(self) -> SummedPeriods:
        """The sum of what was added, at least one period."""
        assert self._merged is not None  # noqa: S101 - callers sum at least one period
        merged = self._merged
        if self._count > 1:
            merged = structs.replace(
                merged,
                tables={table: self._cells.rows(table) for table in TABLES},
                days=self._days,
                joined=list(self._joined),
            )
        noted = None
        if self._noted:
            tables = {table: self._noted_cells.rows(table) for table in _NOTED}
            noted = structs.replace(merged, tables=tables)
        return SummedPeriods(
            merged,
            self._count,
            noted,
            self._planned,
            self._held,
            self._missed,
            self._has_days,
            self._days_of_stops,
            self._days_of_weekdays,
            self._people_of_weekdays,
            self._stops,
            self._topics,
            self._languages,
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
        period=_from_to(first[0], period.period),
        unit=_from_to(first[1], period.unit),
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
