"""Exact counts of the months that become one period."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kiosk.store.counters import ALL, VISITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiosk.counts.cell import Cell
    from kiosk.store.counters import CounterTable
    from kiosk.store.database import Connection

NOT_SAID: Final = "not_said"
"""The code of "not said": each item sums to all people."""

NOT_ASKED: Final = "not_asked"
"""The code of those whom a survey question did not reach: each survey sums to all smileys."""


@dataclass(frozen=True, slots=True)
class ExactCounts:
    """All counters of a period, by the name of their table. Never leaves the device."""

    tables: Mapping[str, Mapping[Cell, int]]

    def of(self, table: CounterTable[Any]) -> Mapping[Cell, int]:
        return self.tables.get(table.name, {})

    @property
    def total(self) -> int:
        """All people of the period: those with a number and those helped without one."""
        return sum(self.of(VISITS).values())


def exact_counts(connection: Connection, months: Iterable[str]) -> ExactCounts:
    """What was counted in these months."""
    tables: dict[str, Counter[Cell]] = {table.name: Counter() for table in ALL}
    for month in months:
        for table in ALL:
            for key, count in table.of(connection, month).items():
                tables[table.name][key] += count  # not `update`: an empty visit keeps its zero
    return ExactCounts(tables)


def with_remainders(
    cells: Mapping[Cell, int], totals: Mapping[Cell, int], rest: Callable[[Cell], Cell]
) -> dict[Cell, int]:
    """Cells that sum to the totals of their first codes; what is missing has a cell of its own.

    An older version of the program did not count everything.
    """
    found: dict[Cell, int] = dict(cells)
    for total, count in totals.items():
        inside = sum(n for cell, n in cells.items() if cell[: len(total)] == total)
        if count > inside:
            found[rest(total)] = found.get(rest(total), 0) + count - inside
    return found
