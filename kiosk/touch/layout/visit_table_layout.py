"""Table of planned visits: day, hours and stop beside each other, else in two or three lines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kiosk.drawing.line_breaking import break_lines, height_of, width_of
from kiosk.touch.layout.fit import Arrangement
from kiosk.touch.layout.theme import BODY, STRONG

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.touch.layout.fit import Room

_AIR_MM = (2.5, 1.2, 0.4)
"""Between the lines of two visits, with the rule that parts them."""

_BETWEEN_MM = (8.0, 3.0)
"""Between two columns."""


class VisitRow(NamedTuple):
    """One visit as it is written."""

    day: str
    hours: str
    stop: str


def arrange_visits(rows: Sequence[VisitRow], room: Room) -> Arrangement | None:
    """The table with the fewest lines, then with the most air; None where none has room.

    Its `columns` say how many cells of a visit stand beside each other.
    """
    for columns in (3, 2, 1):
        fitting = [
            arrangement
            for between_mm in _BETWEEN_MM
            for arrangement in _with_air(rows, room, columns, room.pane.px(between_mm))
            if not arrangement.broken and sum(arrangement.heights_px) <= room.height_px
        ]
        if fitting:
            return min(fitting, key=partial(_lines_px, rows, room, columns))
    return None


def _lines_px(rows: Sequence[VisitRow], room: Room, columns: int, arrangement: Arrangement) -> int:
    """The height of the lines alone, without the air between them."""
    beside = columns == len(VisitRow._fields)
    rest_px = room.width_px - (sum(arrangement.widths_px) if beside else 0)
    return sum(_height_px(row, room, columns, rest_px) for row in rows)


def _with_air(
    rows: Sequence[VisitRow], room: Room, columns: int, between_px: int
) -> Iterator[Arrangement]:
    widths_px = _widths_px(rows, room, columns, between_px)
    if sum(widths_px) >= room.width_px:
        return
    rest_px = room.width_px - (sum(widths_px) if columns == len(VisitRow._fields) else 0)
    torn = any(break_lines(row.stop, room.letters(BODY), rest_px).torn for row in rows)
    heights_px = [_height_px(row, room, columns, rest_px) for row in rows]
    for air_mm in _AIR_MM:
        air_px = room.pane.px(air_mm)
        yield Arrangement(
            columns,
            len(rows),
            broken=torn,
            heights_px=tuple(height_px + air_px for height_px in heights_px),
            widths_px=widths_px,
        )


def _widths_px(
    rows: Sequence[VisitRow], room: Room, columns: int, between_px: int
) -> tuple[int, ...]:
    """The days and the hours each in one line, with the room behind them."""
    days_px = max(width_of(row.day, room.letters(STRONG)) for row in rows) + 1
    hours_px = max(width_of(row.hours, room.letters(BODY)) for row in rows) + 1
    if columns == 1:
        return (max(days_px, hours_px),)
    beside = columns == len(VisitRow._fields)
    return (days_px + between_px, hours_px + (between_px if beside else 0))


def _height_px(row: VisitRow, room: Room, columns: int, rest_px: int) -> int:
    line_px = height_of(row.day, room.letters(STRONG), room.width_px)
    stop_px = height_of(row.stop, room.letters(BODY), rest_px)
    if columns == len(VisitRow._fields):
        return max(line_px, stop_px)
    return (3 - columns) * line_px + stop_px
