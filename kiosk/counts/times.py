"""Rounding of waiting, way and service times: classes of minutes by topic group and by hours.

The sum of a row is that of its topic group or hours, which is known by then: those without a number
and those who were never called stand in the class of what was not measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.counts import coarsening
from kiosk.counts.coarsening import block_of, put_together, regrouped, sums
from kiosk.counts.collect import ALL_KINDS, APPOINTMENT, WALK_IN
from kiosk.counts.exact import completed
from kiosk.counts.rounding import MARGIN, RoundingProgram
from kiosk.store.counters import KIND_HOURS, KINDS, TIMES, TIMES_HOURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.counts.exact import ExactCounts
    from kiosk.counts.rounding import Cell, Code, Draw


class TimesRounding:
    """Times of all people; appointments `apart` from the others where enough of them came.

    Those without a number, and those who were never called, stand in the class of nobody measured.
    """

    def __init__(self, draw: Draw, *, apart: bool) -> None:
        self._draw, self._apart = draw, apart
        self.groups: dict[Cell, int] = {}
        self.hours: dict[Cell, int] = {}

    def _kind(self, kind: Code) -> str:
        if not self._apart:
            return ALL_KINDS
        return APPOINTMENT if kind == APPOINTMENT else WALK_IN

    def by_group(
        self, exact: ExactCounts, groups: Mapping[Cell, int], rounded: Mapping[Cell, int]
    ) -> None:
        kinds = regrouped(exact.of(KINDS), lambda c: (c[1], self._kind(c[0])))
        self._kinds = completed(kinds, groups, lambda group: (*group, self._kind(WALK_IN)))
        self._exact_kinds = sums(self._kinds, 1)
        program = RoundingProgram(self._draw)
        program.fix("row", groups, rounded)
        program.add("kind", self._exact_kinds, MARGIN)
        program.add("cell", self._kinds)
        program.margins(("row", groups), ("kind", self._exact_kinds), self._kinds)
        solution = program.solved()
        self._rounded_kinds, row_sums = solution.of("kind"), solution.of("cell")
        cells: Mapping[Cell, int] = regrouped(
            exact.of(TIMES), lambda c: (c[1], self._kind(c[0]), c[2], c[3])
        )
        self._classes: dict[str, dict[Cell, int]] = {}
        for measure, kind in self._measures():
            table = self._measure(cells, measure, kind, self._kinds, row_sums, f"{measure}/{kind}")
            self.groups |= {(measure, kind, *cell): n for cell, n in table.items()}

    def by_hours(
        self,
        exact: ExactCounts,
        begins: Sequence[int],
        blocks: Mapping[Cell, int],
        rounded: Mapping[Cell, int],
    ) -> None:
        kinds: Mapping[Cell, int] = regrouped(
            exact.of(KIND_HOURS), lambda c: (block_of(c[1], begins), self._kind(c[0]))
        )
        kinds = completed(kinds, blocks, lambda block: (*block, self._kind(WALK_IN)))
        program = RoundingProgram(self._draw)
        program.fix("row", blocks, rounded)
        program.fix("kind", self._exact_kinds, self._rounded_kinds)
        program.add("cell/hours", kinds)
        margins = (("row", blocks), ("kind", self._exact_kinds))
        program.margins(*margins, kinds, "cell/hours")
        row_sums = program.solved().of("cell/hours")
        cells = regrouped(
            exact.of(TIMES_HOURS),
            lambda c: (c[1], self._kind(c[0]), block_of(c[2], begins), c[3]),
        )
        for measure, kind in self._measures():
            table = self._measure(cells, measure, kind, kinds, row_sums, f"{measure}/{kind}/hours")
            self.hours |= {(measure, kind, *cell): n for cell, n in table.items()}

    def _measures(self) -> list[tuple[str, Code]]:
        kinds = sorted(str(kind[0]) for kind in self._exact_kinds)
        return [(measure, kind) for measure in ("waiting", "way", "service") for kind in kinds]

    def _measure(  # noqa: PLR0913, PLR0917 - a table, its rows and their sums
        self,
        cells: Mapping[Cell, int],
        measure: str,
        kind: Code,
        kinds: Mapping[Cell, int],
        row_sums: Mapping[Cell, int],
        name: str,
    ) -> dict[Cell, int]:
        """One measure of one kind: rows whose sums are known, and the classes."""
        rows = {cell[:1]: n for cell, n in kinds.items() if cell[1] == kind}
        mine: Mapping[Cell, int] = {
            cell[2:]: n for cell, n in cells.items() if cell[:2] == (measure, kind)
        }
        mine = completed(mine, rows, lambda row: (*row, None))
        program = RoundingProgram(self._draw)
        rounded = {cell[:1]: n for cell, n in row_sums.items() if cell[1] == kind}
        program.fix("row", rows, rounded)
        classes = sums(mine, 1)
        drawn = self._classes.get(f"{measure}/{kind}")
        if drawn is None:
            program.add(f"{measure}/{kind}", classes, MARGIN)
        else:
            program.fix(f"{measure}/{kind}", classes, drawn)
        program.add(name + "/cell", mine)
        program.margins(("row", rows), (f"{measure}/{kind}", classes), mine, name + "/cell")
        solution = program.solved()
        self._classes[f"{measure}/{kind}"] = solution.of(f"{measure}/{kind}")
        found = solution.of(name + "/cell")
        shown = coarsening.shown(rounded, coarsening.LEAST_TIMES_ROW) & coarsening.spread(found, 0)
        return put_together(found, 0, shown)
