"""Rounding of a whole period: one draw for all its tables, so that the same sum has one number.

Sums that several tables share are drawn once, and each table is then drawn beneath them: first the
total, then stops and topic groups with their table, then each table that hangs on those.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.counts import coarsening
from kiosk.counts.coarsening import OTHERS, block_of, merge_others, regroup, sums
from kiosk.counts.collect import APPOINTMENT
from kiosk.counts.exact import NOT_SAID, with_remainders
from kiosk.counts.rounding import MARGIN, DoesNotFit, Draw, RoundingProgram, round_total
from kiosk.counts.survey import round_survey
from kiosk.counts.times import TimesRounding
from kiosk.domain.errors import KioskError
from kiosk.store.counters import (
    FURTHER,
    HOUR_SCORES,
    LANGUAGES,
    RECORDS,
    REFUSED,
    STOP_HOURS,
    STOP_SCORES,
    STOP_TOPICS,
    SURVEY,
    TOPIC_OUTCOMES,
    VISITS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.counts.cell import Cell
    from kiosk.counts.exact import ExactCounts
    from kiosk.counts.rounding import Solution

Tables = dict[str, dict["Cell", int]]

_ATTEMPTS: Final = 20
_DISPENSABLE: Final = ("times", "outcomes", "hours", "feedback")
"""What is left out, one after the other, where `_ATTEMPTS` draws do not fit together."""


class RoundingFailed(KioskError):
    """No draw fits; nothing is published, and nothing is destroyed."""

    def __init__(self) -> None:
        super().__init__(
            "The counts of this period could not be rounded together, so the period stays open:"
            " report this fault, nothing is lost meanwhile."
        )


def round_period(exact: ExactCounts, groups: Mapping[str, str], key: bytes) -> Tables:
    """The tables of a period as they may be published: the same for the same counts and key.

    `groups` has the topic group of each topic. Raises `RoundingFailed`.
    """
    total = round_total(exact.total, Draw(key), "total")
    draw = Draw(key)
    for left_out in range(len(_DISPENSABLE) + 1):
        for _ in range(_ATTEMPTS):
            period = _PeriodRounding(exact, groups, draw, total)
            try:
                return period.tables(set(_DISPENSABLE[:left_out]))
            except DoesNotFit:
                draw = draw.next_attempt()
    raise RoundingFailed


@dataclass
class _PeriodRounding:
    exact: ExactCounts
    groups: Mapping[str, str]
    draw: Draw
    total: int

    def tables(self, left_out: set[str]) -> Tables:
        found: Tables = {}
        self._demand(found)
        self._topics(found, crossed="outcomes" not in left_out)
        self._further(found)
        self._hours(found, crossed="hours" not in left_out)
        self._items(found)
        if "times" not in left_out:
            self._times(found)
        if "feedback" not in left_out:
            self._feedback(found)
        self._refused(found)
        return found

    def _group(self, topic: object) -> str:
        return self.groups.get(str(topic), OTHERS)

    def _program(self) -> RoundingProgram:
        program = RoundingProgram(self.draw)
        program.fix("total", {(): self.exact.total}, {(): self.total})
        return program

    def _demand(self, found: Tables) -> None:
        """Stops, topic groups, and each stop's visits."""
        cells = regroup(self.exact.of(STOP_TOPICS), lambda c: (c[0], self._group(c[1])))
        program = self._program()
        self.exact_stops, self.exact_groups = sums(cells, 0), sums(cells, 1)
        visited = sums(self.exact.of(VISITS), 0)
        self.exact_stops.update(dict.fromkeys(visited, 0))
        _cross(program, ("stop", self.exact_stops), ("group", self.exact_groups), ("demand", cells))
        visits = self.exact.of(VISITS)
        program.add("visits", visits)
        for stop in self.exact_stops:
            program.constrain_sum("stop", stop, [("visits", v) for v in visits if v[:1] == stop])
        solution = program.solve()
        self.stops, self.rounded_groups = solution.of("stop"), solution.of("group")
        self.shown_stops = coarsening.publishable_codes(self.stops, coarsening.LEAST_STOP)
        found["visits"] = {(v[1], v[0]): n for v, n in solution.of("visits").items()}
        found["demand"] = merge_others(solution.of("demand"), 0, self.shown_stops)

    def _topics(self, found: Tables, *, crossed: bool) -> None:
        cells = self.exact.of(TOPIC_OUTCOMES)
        topics, outcomes = sums(cells, 0), sums(cells, 1)
        program = RoundingProgram(self.draw)
        program.fix("group", self.exact_groups, self.rounded_groups)
        program.add("topic", topics, MARGIN)
        program.add("outcome", outcomes, MARGIN)
        for group in self.exact_groups:
            mine = [("topic", t) for t in topics if self._group(t[0]) == group[0]]
            program.constrain_sum("group", group, mine)
        if crossed:
            program.add("cell", cells)
            for table, margin, column in (("topic", topics, 0), ("outcome", outcomes, 1)):
                for cell in margin:
                    inside = [("cell", c) for c in cells if c[column] == cell[0]]
                    program.constrain_sum(table, cell, inside)
        else:
            program.fix("total", {(): self.exact.total}, {(): self.total})
            program.constrain_sum("total", (), [("outcome", o) for o in outcomes])
        solution = program.solve()
        rounded: dict[Cell, int] = {
            (self._group(t[0]), t[0]): n for t, n in solution.of("topic").items()
        }
        found["topics"] = coarsening.shown_topics(rounded)
        if crossed and self.total >= coarsening.LEAST_FOR_OUTCOMES:
            found["outcomes"] = self._outcome_rows(solution)
        else:
            found["outcomes"] = {
                (OTHERS, OTHERS, outcome[0]): n for outcome, n in solution.of("outcome").items()
            }

    def _further(self, found: Tables) -> None:
        """Further topics of the same people: concerns, with a sum of their own."""
        cells = regroup(self.exact.of(FURTHER), lambda c: (self._group(c[0]), c[0]))
        groups, total = sums(cells, 0), sum(cells.values())
        program = RoundingProgram(self.draw)
        program.fix("sum", {(): total}, {(): round_total(total, self.draw, "further/sum")})
        program.add("further/group", groups, MARGIN)
        program.add("further", cells)
        program.constrain_sum("sum", (), [("further/group", group) for group in groups])
        for group in groups:
            inside = [("further", cell) for cell in cells if cell[:1] == group]
            program.constrain_sum("further/group", group, inside)
        found["further"] = coarsening.shown_topics(program.solve().of("further"))

    def _outcome_rows(self, solution: Solution) -> dict[Cell, int]:
        """Topics large enough, the others by group, and small groups together."""
        large = {t[0] for t, n in solution.of("topic").items() if n >= coarsening.LEAST_OUTCOME_ROW}
        rows = regroup(
            solution.of("cell"),
            lambda c: (self._group(c[0]), c[0] if c[0] in large else OTHERS, c[1]),
        )
        small = {
            row
            for row, n in sums(rows, 0, 1).items()
            if row[1] == OTHERS and n < coarsening.LEAST_OUTCOME_ROW
        }
        return regroup(rows, lambda c: (OTHERS, *c[1:]) if c[:2] in small else c)

    def _hours(self, found: Tables, *, crossed: bool) -> None:
        begins = coarsening.hour_blocks(self.total)
        cells: Mapping[Cell, int]
        cells = regroup(self.exact.of(STOP_HOURS), lambda c: (c[0], block_of(c[1], begins)))
        cells = with_remainders(cells, self.exact_stops, lambda stop: (*stop, None))
        self.begins, self.exact_blocks = begins, sums(cells, 1)
        program = RoundingProgram(self.draw)
        if crossed:
            program.fix("stop", self.exact_stops, self.stops)
            program.add("block", self.exact_blocks, MARGIN)
            program.add("cell", cells)
            stops, blocks = ("stop", self.exact_stops), ("block", self.exact_blocks)
            program.constrain_margins(stops, blocks, cells)
        else:
            program = self._program()
            program.add("block", self.exact_blocks)
            program.constrain_sum("total", (), [("block", b) for b in self.exact_blocks])
        solution = program.solve()
        self.blocks = solution.of("block")
        rounded = solution.of("cell")
        shown = self.shown_stops & coarsening.codes_in_several_cells(rounded, 0)
        shown = (
            coarsening.publishable_codes(
                {s: n for s, n in self.stops.items() if s[0] in shown or n}, 0
            )
            & shown
        )
        together = {(OTHERS, *block): n for block, n in self.blocks.items()}
        found["hours"] = merge_others(rounded, 0, shown) if crossed else together

    def _items(self, found: Tables) -> None:
        """Languages and noted items: each sums to all people, "not said" included."""
        languages = self._split("language", self.exact.of(LANGUAGES))
        shown = coarsening.publishable_codes(languages, coarsening.LEAST_LANGUAGE) | {NOT_SAID}
        found["languages"] = (
            merge_others(languages, 0, shown) if coarsening.has_several(languages) else {}
        )
        found["records"] = {}
        for item in sorted({str(key[0]) for key in self.exact.of(RECORDS)}):
            values = {k[1:]: n for k, n in self.exact.of(RECORDS).items() if k[0] == item}
            if item in {"appointment", "set_aside"}:  # not of all people
                rounded = self._apart(item, values)
            else:
                rounded = self._split(item, values)
                rounded = rounded if coarsening.has_several(rounded) else {}
            found["records"] |= {(item, *value): n for value, n in rounded.items()}

    def _split(self, table: str, values: Mapping[Cell, int]) -> dict[Cell, int]:
        """One number for each value of an item, all people together."""
        said = {value: n for value, n in values.items() if value != (NOT_SAID,)}
        said[NOT_SAID,] = self.exact.total - sum(said.values())
        program = self._program()
        program.add(table, said)
        program.constrain_sum("total", (), [(table, value) for value in said])
        return program.solve().of(table)

    def _apart(self, table: str, cells: Mapping[Cell, int]) -> dict[Cell, int]:
        """Numbers with a sum of their own."""
        total = sum(cells.values())
        program = RoundingProgram(self.draw)
        program.fix("sum", {(): total}, {(): round_total(total, self.draw, f"{table}/sum")})
        program.add(table, cells)
        program.constrain_sum("sum", (), [(table, cell) for cell in cells])
        return program.solve().of(table)

    def _times(self, found: Tables) -> None:
        """Waiting, way and service times in classes, by topic group and by hours."""
        shown = sum(n for cell, n in found["records"].items() if cell[0] == APPOINTMENT)
        apart = shown >= coarsening.LEAST_KIND
        draw = self.draw
        for _ in range(_ATTEMPTS):
            rows = TimesRounding(draw, apart=apart)
            try:
                rows.by_group(self.exact, self.exact_groups, self.rounded_groups)
                rows.by_hours(self.exact, self.begins, self.exact_blocks, self.blocks)
            except DoesNotFit:
                draw = draw.next_attempt()
            else:
                found["times"], found["times_hours"] = rows.groups, rows.hours
                return
        raise DoesNotFit

    def _feedback(self, found: Tables) -> None:
        cells = self.exact.of(STOP_SCORES)
        stops, scores = sums(cells, 0), sums(cells, 1)
        total = sum(cells.values())
        program = RoundingProgram(self.draw)
        rounded = round_total(total, self.draw, "smileys")
        program.fix("total", {(): total}, {(): rounded})
        _cross(program, ("stop", stops), ("score", scores), ("cell", cells))
        solution = program.solve()
        shown = coarsening.publishable_codes(solution.of("stop"), coarsening.LEAST_SMILEYS_OF_STOP)
        found["feedback"] = merge_others(solution.of("cell"), 0, shown)
        # Not by score as well: of three tables with it, a smiley could be told too often.
        pressed = regroup(self.exact.of(HOUR_SCORES), lambda c: (block_of(c[0], self.begins),))
        by_hours = with_remainders(pressed, {(): total}, lambda _: (None,))
        program = RoundingProgram(self.draw)
        program.fix("total", {(): total}, {(): rounded})
        program.add("smileys/hours", by_hours)
        program.constrain_sum("total", (), [("smileys/hours", block) for block in by_hours])
        found["feedback_hours"] = program.solve().of("smileys/hours")
        found["survey"] = round_survey(self.exact.of(SURVEY), (total, rounded), self.draw)

    def _refused(self, found: Tables) -> None:
        found["refused"] = self._apart("refused", self.exact.of(REFUSED))


def _cross(
    program: RoundingProgram,
    rows: tuple[str, Mapping[Cell, int]],
    columns: tuple[str, Mapping[Cell, int]],
    cells: tuple[str, Mapping[Cell, int]],
) -> None:
    """A table with its margins, beneath a total that is fixed."""
    for table, margin in (rows, columns):
        program.add(table, margin, MARGIN)
    program.add(*cells)
    program.constrain_sum("total", (), [(rows[0], row) for row in rows[1]])
    program.constrain_margins(rows, columns, cells[1], cells[0])
