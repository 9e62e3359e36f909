"""How a main button and a few others share a pane: below it, else beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.layout.fit import CLOSE, ROOMY, TIGHT, Arrangement, Density
from kiosk.touch.layout.theme import STRONG, TARGET_MM
from kiosk.touch.layout.typeset import height_of, lines_of

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
    return next((one for one in _ways_to_stand(labels, room, main) if not one.broken), None)


def _ways_to_stand(labels: Sequence[str], room: Room, main: str) -> Iterator[Arrangement]:
    count = len(labels)
    most = 1 if room.pane.upright else max(1, count)  # a main button can stand alone
    wide = sorted({most, (most + 1) // 2}, reverse=True)
    for columns in wide:
        for density, stacked in _INSIDES:
            below = Arrangement(columns, -(-count // columns), density, stacked)
            yield _buttons(labels, room, main, below)
    if main and not room.pane.upright:
        for density, stacked in _INSIDES:
            together = Arrangement(2, (count + 2) // 2, density, stacked, level=True)
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
    torn = any(lines_of(label, letters, text_px)[1] for label in labels)
    inside_px = icon_px + space_px + high_px if wanted.stacked else max(icon_px, high_px)
    row_px = max(pane.px(TARGET_MM), inside_px + 2 * pane.px(density.above_mm))
    used_px = wanted.rows * (row_px + pane.gap_px) - pane.gap_px
    if main:
        narrow_px = room.width_px - pane.px(TIGHT.icon_mm + TIGHT.space_mm + 2 * TIGHT.side_mm)
        lines_px = height_of(main, letters, narrow_px)
        used_px += max(pane.px(TARGET_MM), lines_px + 2 * pane.px(TIGHT.above_mm)) + pane.gap_px
    return replace(wanted, row_px=row_px, broken=torn or used_px > room.height_px)
