"""Rounding of waiting, way and service times: classes of minutes by topic group and by hours.

The sum of a row is that of its topic group or hours, which is known by then: those without a number
and those who were never called stand in the class of what was not measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.counts import coarsening
from kiosk.counts.coarsening import block_of, merge_others, regroup, sums
from kiosk.counts.collect import ALL_KINDS, APPOINTMENT, WALK_IN
from kiosk.counts.exact import with_remainders
from kiosk.counts.rounding import MARGIN, RoundingProgram
from kiosk.store.counters import KINDS, TIMES, TIMES_HOURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiosk.counts.cell import Cell, Code
    from kiosk.counts.exact import ExactCounts
    from kiosk.counts.rounding import Draw

_WAITING: Final = "waiting"
_MEASURES: Final = (_WAITING, "way", "service")

Rows = tuple["Mapping[Cell, int]", "Mapping[Cell, int]"]
"""People of a topic group or of hours, by kind: exact and rounded."""


class TimesRounding:
    """Times of all people; `apart`, the waiting of those with an appointment from the others.

    Nothing else by kind: an insider who knows a person's times would be sure of the appointment.
    """

    def __init__(self, draw: Draw, *, apart: bool) -> None:
        self._draw, self._apart = draw, apart
        self._classes: dict[str, dict[Cell, int]] = {}
        self.groups: dict[Cell, int] = {}
        self.hours: dict[Cell, int] = {}

    def by_group(
        self, exact: ExactCounts, groups: Mapping[Cell, int], rounded: Mapping[Cell, int]
    ) -> None:
        together = _all_kinds(groups), _all_kinds(rounded)
        for measure in _MEASURES:
            apart = self._apart and measure == _WAITING
            cells = regroup(
                _of_measure(exact.of(TIMES), measure),
                lambda c: (c[2], _kind(c[0], apart=apart), c[3]),  # noqa: B023 - used at once
            )
            rows = self._kinds_apart(exact, groups, rounded) if apart else together
            for cell, n in self._measure(measure, cells, rows, f"{measure}/cell"):
                self.groups[measure, *cell] = n

    def by_hours(
        self,
        exact: ExactCounts,
        begins: Sequence[int],
        blocks: Mapping[Cell, int],
        rounded: Mapping[Cell, int],
    ) -> None:
        rows = _all_kinds(blocks), _all_kinds(rounded)
        for measure in _MEASURES:
            cells = regroup(
                _of_measure(exact.of(TIMES_HOURS), measure),
                lambda c: (block_of(c[2], begins), ALL_KINDS, c[3]),
            )
            for cell, n in self._measure(measure, cells, rows, f"{measure}/hours/cell"):
                self.hours[measure, *cell] = n

    def _kinds_apart(
        self, exact: ExactCounts, groups: Mapping[Cell, int], rounded: Mapping[Cell, int]
    ) -> Rows:
        cells = regroup(exact.of(KINDS), lambda c: (c[1], _kind(c[0], apart=True)))
        rows = with_remainders(cells, groups, lambda group: (*group, WALK_IN))
        kinds = sums(rows, 1)
        program = RoundingProgram(self._draw)
        program.fix("row", groups, rounded)
        program.add("kind", kinds, MARGIN)
        program.add("cell", rows)
        program.constrain_margins(("row", groups), ("kind", kinds), rows)
        return rows, program.solve().of("cell")

    def _measure(
        self, measure: str, cells: Mapping[Cell, int], rows: Rows, table: str
    ) -> Iterator[tuple[Cell, int]]:
        """Kind, topic group or hours, and class, beneath rows and classes that are drawn already.

        The classes are one number each, in both tables.
        """
        cells = with_remainders(cells, rows[0], lambda row: (*row, None))
        kinds = sorted({str(row[1]) for row in rows[0]})
        program = RoundingProgram(self._draw)
        program.fix("row", *rows)
        program.add(table, cells)
        self._add_classes(program, measure, cells, table, apart=len(kinds) > 1)
        for row in rows[0]:
            program.constrain_sum("row", row, [(table, cell) for cell in cells if cell[:2] == row])
        solution = program.solve()
        self._classes[measure] = solution.of(measure)
        for kind in kinds:
            found: dict[Cell, int] = {
                (part, minutes): n
                for (part, its_kind, minutes), n in solution.of(table).items()
                if its_kind == kind
            }
            sizes: dict[Cell, int] = {row[:1]: n for row, n in rows[1].items() if row[1] == kind}
            large = coarsening.publishable_codes(sizes, coarsening.LEAST_TIMES_ROW)
            shown = large & coarsening.codes_in_several_cells(found, 0)
            for cell, n in merge_others(found, 0, shown).items():
                yield (kind, *cell), n

    def _add_classes(
        self,
        program: RoundingProgram,
        measure: str,
        cells: Mapping[Cell, int],
        table: str,
        *,
        apart: bool,
    ) -> None:
        classes, by_kind = sums(cells, 2), sums(cells, 1, 2)
        if drawn := self._classes.get(measure):
            program.fix(measure, classes, drawn)
        else:
            program.add(measure, classes, MARGIN)
        if apart:
            program.add(f"{measure}/kinds", by_kind, MARGIN)
            for kind in by_kind:
                inside = [(table, cell) for cell in cells if cell[1:] == kind]
                program.constrain_sum(f"{measure}/kinds", kind, inside)
        for minutes in classes:
            parts = [(f"{measure}/kinds", kind) for kind in by_kind if kind[1:] == minutes]
            inside = [(table, cell) for cell in cells if cell[2:] == minutes]
            program.constrain_sum(measure, minutes, parts if apart else inside)


def _of_measure(cells: Mapping[Cell, int], measure: str) -> dict[Cell, int]:
    return {cell: n for cell, n in cells.items() if cell[1] == measure}


def _all_kinds(rows: Mapping[Cell, int]) -> dict[Cell, int]:
    return {(*row, ALL_KINDS): n for row, n in rows.items()}


def _kind(kind: Code, *, apart: bool) -> str:
    if not apart:
        return ALL_KINDS
    return APPOINTMENT if kind == APPOINTMENT else WALK_IN
