"""Arrangement of a main button and a few others: below it, else beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.drawing.line_breaking import break_lines, height_of
from kiosk.touch.layout.fit import CLOSE, ROOMY, TIGHT, Arrangement, Density, whole_words_first
from kiosk.touch.layout.theme import STRONG, TARGET_MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.touch.layout.fit import Room

AMPLE = Density(icon_mm=17.0, space_mm=9.0, side_mm=10.0, above_mm=2.5)

_INSIDES = (
    (AMPLE, False),
    (ROOMY, False),
    (ROOMY, True),
    (CLOSE, False),
    (CLOSE, True),
    (TIGHT, False),
)
"""What is tried one after the other, and whether pictures stand above the words."""


def arrange_buttons(labels: Sequence[str], room: Room, *, main: str = "") -> Arrangement | None:
    """Buttons below a main one, else beside it; None where no arrangement has room for them."""
    return whole_words_first(_below(labels, room, main)) or whole_words_first(
        _beside(labels, room, main)
    )


def _below(labels: Sequence[str], room: Room, main: str) -> Iterator[Arrangement]:
    count = len(labels)
    most = 1 if room.pane.upright else max(1, count)  # a main button can stand alone
    wide = sorted({most, (most + 1) // 2}, reverse=True)
    for columns in wide:
        for density, stacked in _INSIDES:
            below = Arrangement(columns, -(-count // columns), density, stacked)
            yield _buttons(labels, room, main, below)


def _beside(labels: Sequence[str], room: Room, main: str) -> Iterator[Arrangement]:
    if main and not room.pane.upright:
        for density, stacked in _INSIDES:
            together = Arrangement(2, len(labels) // 2 + 1, density, stacked, level=True)
            yield _buttons([main, *labels], room, "", together)


def _buttons(labels: Sequence[str], room: Room, main: str, wanted: Arrangement) -> Arrangement:
    """The arrangement with the height of its rows; `broken` if that does not fit."""
    pane, density = room.pane, wanted.density
    cell_px = (room.width_px - (wanted.columns - 1) * pane.gap_px) // wanted.columns
    icon_px, space_px = pane.px(density.icon_mm), pane.px(density.space_mm)
    beside_px = 0 if wanted.stacked else icon_px + space_px
    text_px = cell_px - 2 * pane.px(density.side_mm) - beside_px
    letters = room.letters(STRONG)
    high_px = max((height_of(label, letters, text_px) for label in labels), default=0)
    broken = [break_lines(label, letters, text_px) for label in labels]
    inside_px = icon_px + space_px + high_px if wanted.stacked else max(icon_px, high_px)
    row_px = max(pane.px(TARGET_MM), inside_px + 2 * pane.px(density.above_mm))
    used_px = wanted.rows * (row_px + pane.gap_px) - pane.gap_px
    if main:
        taken_mm = (TIGHT.icon_mm, TIGHT.space_mm, TIGHT.side_mm, TIGHT.side_mm)
        narrow_px = room.width_px - sum(map(pane.px, taken_mm))
        lines_px = height_of(main, letters, narrow_px)
        used_px += max(pane.px(TARGET_MM), lines_px + 2 * pane.px(TIGHT.above_mm)) + pane.gap_px
    torn = any(lines.torn for lines in broken)
    return replace(
        wanted,
        row_px=row_px,
        broken=torn or used_px > room.height_px,
        hyphenated=any(lines.hyphenated for lines in broken),
    )
