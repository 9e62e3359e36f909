"""Controlled random rounding to base 5: cells and their sums, drawn together by a linear program.

Each count goes to one of its two neighbouring multiples of five, and what is the sum of others
stays their sum. Zero and every multiple of five stay. What is drawn follows from the key of the
period and the names of the cells alone: the same counts give the same cells.

The equations of one program are those of a network, whose vertices are whole numbers, and its costs
are random: so the program has one best answer, in whole numbers, with any solver. The costs are
those of Pareto sampling, which keep the expectation of a cell close to its count.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from math import log
from typing import TYPE_CHECKING, Final

import highspy

from kiosk.counts.method import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.counts.cell import Cell

MARGIN: Final = 4
"""How much more the expectation of a margin weighs than that of a cell."""

UP: Final = (0, 1 / 8, 2 / 5, 3 / 5, 7 / 8)
"""How likely a count goes up, by its remainder.

One person above a multiple of five seldom goes up: an insider who knows all others of that cell
would be sure of the one. An expectation moves by 3/8 of a person for it.
"""

_SCALE: Final = 1_000_000  # whole costs: the same on every machine, and far enough apart
_MOST_ITERATIONS: Final = 200_000  # never a time: a slow machine must find the same
_NEAR: Final = 1e-6


_OPTIONS: Final[Mapping[str, bool | int | str]] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "solver": "simplex",
    "random_seed": 0,
    "simplex_iteration_limit": _MOST_ITERATIONS,
}


class DoesNotFit(Exception):
    """These draws cannot be brought together."""


class Draw:
    """Chance that can be repeated: a number for each cell, from the key of a period.

    `attempt` counts how often the cells were drawn in vain.
    """

    def __init__(self, key: bytes, attempt: int = 0) -> None:
        self._key, self._attempt = key, attempt

    def next_attempt(self) -> Draw:
        """Other numbers, for cells that could not be brought together."""
        return Draw(self._key, self._attempt + 1)

    def number(self, table: str, cell: Cell) -> float:
        """Between 0 and 1, both excluded."""
        name = json.dumps([self._attempt, table, *cell], ensure_ascii=False).encode()
        digest = hmac.digest(self._key, name, hashlib.sha256)
        return (int.from_bytes(digest[:4], "big") + 0.5) / 2**32


def round_total(count: int, draw: Draw, table: str) -> int:
    """A count that is the sum of nothing else."""
    rest = count % BASE
    return count - rest + (BASE if draw.number(table, ()) < UP[rest] else 0)


class RoundingProgram:
    """Counts that are rounded together. `add` them, say which are sums of which, `solve`."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._counts: list[int] = []
        self._costs: list[int] = []
        self._index: dict[tuple[str, Cell], int] = {}
        self._fixed: dict[int, int] = {}
        self._sums: list[tuple[int, list[int]]] = []

    def add(self, table: str, cells: Mapping[Cell, int], weight: int = 1) -> None:
        """Counts of one table. The more weight, the closer their expectation."""
        for cell, count in sorted(cells.items(), key=repr):  # their order must tell nothing
            self._index[table, cell] = len(self._counts)
            self._counts.append(count)
            self._costs.append(self._cost(table, cell, count % BASE) * weight)

    def fix(self, table: str, cells: Mapping[Cell, int], rounded: Mapping[Cell, int]) -> None:
        """Counts that were rounded before."""
        self.add(table, cells)
        for cell in cells:
            self._fixed[self._index[table, cell]] = rounded[cell]

    def constrain_sum(self, table: str, cell: Cell, parts: Sequence[tuple[str, Cell]]) -> None:
        """One cell is the sum of others."""
        self._sums.append((self._index[table, cell], [self._index[part] for part in parts]))

    def constrain_margins(
        self,
        rows: tuple[str, Mapping[Cell, int]],
        columns: tuple[str, Mapping[Cell, int]],
        cells: Mapping[Cell, int],
        name: str = "cell",
    ) -> None:
        """A table, whose cells sum to its margins."""
        for place, (table, margin) in enumerate((rows, columns)):
            parts: dict[Cell, list[tuple[str, Cell]]] = {cell: [] for cell in margin}
            for cell in cells:
                parts[cell[place : place + 1]].append((name, cell))
            for cell, inside in parts.items():
                self.constrain_sum(table, cell, inside)

    def solve(self) -> Solution:
        """All counts rounded. Raises `DoesNotFit`."""
        ups = self._solve()
        if ups is None:
            raise DoesNotFit
        rounded = [
            self._fixed.get(i, count - count % BASE + BASE * up)
            for i, (count, up) in enumerate(zip(self._counts, ups, strict=True))
        ]
        if any(rounded[whole] != sum(rounded[p] for p in parts) for whole, parts in self._sums):
            raise DoesNotFit
        return Solution(self._index, rounded)

    def _cost(self, table: str, cell: Cell, rest: int) -> int:
        """Pareto sampling: the cheapest go up. A multiple of five stays, whatever it costs."""
        if not rest:
            return 0
        u = self._draw.number(table, cell)
        return round(_SCALE * (log(u / (1 - u)) - log(UP[rest] / (1 - UP[rest]))))

    def _bounds(self) -> tuple[list[float], list[float]]:
        lower, upper = list[float](), list[float]()
        for i, count in enumerate(self._counts):
            rest = count % BASE
            fixed = self._fixed.get(i)
            up = None if fixed is None else (fixed - count + rest) // BASE
            lower.append(0 if up is None else up)
            upper.append(min(rest, 1) if up is None else up)
        return lower, upper

    def _solve(self) -> list[int] | None:
        lp = highspy.HighsLp()
        lower, upper = self._bounds()
        lp.num_col_, lp.num_row_ = len(self._counts), len(self._sums)
        lp.col_cost_ = [float(cost) for cost in self._costs]
        lp.col_lower_ = lower
        lp.col_upper_ = upper
        floors = [count // BASE for count in self._counts]
        # up(whole) - ups(parts) = floors of the parts - floor of the whole
        right = [float(sum(floors[p] for p in parts) - floors[w]) for w, parts in self._sums]
        lp.row_lower_ = lp.row_upper_ = right
        starts, index, values = [0], list[int](), list[float]()
        for whole, parts in self._sums:
            index += [whole, *parts]
            values += [1.0, *(-1.0 for _ in parts)]
            starts.append(len(index))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = starts
        lp.a_matrix_.index_ = index
        lp.a_matrix_.value_ = values
        return _vertex(lp)


def _vertex(lp: highspy.HighsLp) -> list[int] | None:
    """The best answer in whole numbers; None where there is none."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # of the solver
    for option, value in _OPTIONS.items():
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    found = list(solver.getSolution().col_value)
    whole = [round(value) for value in found]
    near = all(abs(value - up) < _NEAR for value, up in zip(found, whole, strict=True))
    return whole if near else None


class Solution:
    """What a program has found."""

    def __init__(self, index: Mapping[tuple[str, Cell], int], rounded: Sequence[int]) -> None:
        self._index, self._rounded = index, rounded

    def of(self, table: str) -> dict[Cell, int]:
        """The rounded cells of a table."""
        return {cell: self._rounded[i] for (name, cell), i in self._index.items() if name == table}
