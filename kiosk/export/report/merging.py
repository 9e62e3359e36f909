"""Sums of several closed periods of one box, as one period."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import structs

from kiosk.counts.coarsening import OTHERS, block_of, hour_blocks
from kiosk.counts.ledger_entry import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod, LedgerNames, Row
    from kiosk.counts.rounding import Cell


def merge_periods(periods: Sequence[ClosedPeriod]) -> ClosedPeriod:
    """One period over all of them, which stand in the order of the calendar.

    What a code is called is what it was called last. Where one period tells fewer hours apart than
    another, the sum tells no more than it.
    """
    if len(periods) == 1:
        return periods[0]
    first, last = periods[0], periods[-1]
    return structs.replace(
        last,
        period=f"{first.period} bis {last.period}",
        unit=f"{first.unit} bis {last.unit}",
        part=0,
        first_day=min(period.first_day for period in periods),
        last_day=max(period.last_day for period in periods),
        clock_trusted=all(period.clock_trusted for period in periods),
        names=_names([period.names for period in periods]),
        tables={table: _rows(table, periods) for table in TABLES},
        days=[day for period in periods for day in period.days],
        joined=[joined for period in periods for joined in period.joined],
    )


def _rows(table: str, periods: Sequence[ClosedPeriod]) -> list[Row]:
    begins = min((hour_blocks(period.total()) for period in periods), key=len)
    cells: Counter[Cell] = Counter()
    for period in periods:
        for cell, count in period.tables.get(table, []):
            cells[_with_hours(table, tuple(cell), begins)] += count
    return sorted(cells.items(), key=lambda row: [(code is None, str(code)) for code in row[0]])


def _with_hours(table: str, cell: Cell, begins: Sequence[int]) -> Cell:
    if "hours" not in TABLES[table]:
        return cell
    column = TABLES[table].index("hours")
    hours = cell[column]
    if hours is None or hours == OTHERS:
        return cell
    block = block_of(int(str(hours)[:2]), begins)
    return (*cell[:column], block, *cell[column + 1 :])


def _names(all_names: Sequence[LedgerNames]) -> LedgerNames:
    merged = all_names[0]
    for names in all_names[1:]:
        merged = structs.replace(
            names,
            stops=merged.stops | names.stops,
            topics=merged.topics | names.topics,
            groups=merged.groups | names.groups,
            partners=merged.partners | names.partners,
            offers=merged.offers | names.offers,
            questions=merged.questions | names.questions,
            outcomes=merged.outcomes | names.outcomes,
            simulated=merged.simulated or names.simulated,
        )
    return merged
