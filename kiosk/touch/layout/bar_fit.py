"""Fitting of the bar: words give way to pictures, long names to shorter ones."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from kiosk.drawing.line_breaking import width_of
from kiosk.touch.layout.fit import (
    BAR_FILLED_SIDE_MM,
    BAR_ICON_MM,
    BAR_LEAST_SIDE_MM,
    BAR_SIDE_MM,
    BAR_SPACE_MM,
)
from kiosk.touch.layout.theme import BODY, STRONG, TARGET_MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.touch.layout.fit import Room


@dataclass(frozen=True, slots=True)
class BarItem:
    """A button of the bar: where there is no room, its picture may stand without its word.

    `lasting` words give way last.
    """

    word: str
    icon: bool
    filled: bool = False
    lasting: bool = False


def bar_widths(items: Sequence[BarItem], room: Room) -> list[int]:
    """The width of each button; one target's width for those that show only their picture.

    The air around words gives way before a word does.
    """
    target_px, gap_px = room.pane.px(TARGET_MM), room.pane.gap_px
    for words, tight in product(_word_variants(items), (False, True)):
        widths = [
            max(target_px, _button_px(item, room, tight=tight)) if shown else target_px
            for item, shown in zip(items, words, strict=True)
        ]
        if sum(widths) + gap_px * (len(items) - 1) <= room.width_px:
            break
    return widths


def names_that_fit(names: Sequence[str], room: Room) -> dict[int, int]:
    """The widths of the first names that have room beside each other, by their places.

    There are more on a wider pane; a name that is too long gives way to the next. What they leave
    is air around them, up to that of other buttons.
    """
    target_px, left_px = room.pane.px(TARGET_MM), room.width_px
    fitting: dict[int, int] = {}
    for place, name in enumerate(names):
        word_px = width_of(name, room.letters(BODY))
        width_px = max(target_px, word_px + 2 * room.pane.px(BAR_LEAST_SIDE_MM))
        if width_px <= left_px and len(fitting) < room.pane.names:
            fitting[place] = width_px
            left_px -= width_px + room.pane.gap_px
    spare_px = (left_px + room.pane.gap_px) // max(1, len(fitting))
    air_px = min(spare_px, 2 * room.pane.px(BAR_SIDE_MM - BAR_LEAST_SIDE_MM))
    return {place: width_px + air_px for place, width_px in fitting.items()}


def _word_variants(items: Sequence[BarItem]) -> Iterator[list[bool]]:
    """Which items show their word: all, then one after the other without, lasting ones last."""
    shown = [bool(item.word) for item in items]
    yield list(shown)
    for place, item in sorted(enumerate(items), key=lambda each: each[1].lasting):
        if item.icon and shown[place]:
            shown[place] = False
            yield list(shown)


def _button_px(item: BarItem, room: Room, *, tight: bool) -> int:
    pane = room.pane
    word_px = width_of(item.word, room.letters(STRONG if item.filled else BODY))
    icon_px = pane.px(BAR_ICON_MM) + pane.px(BAR_SPACE_MM) if item.icon else 0
    usual_mm = BAR_FILLED_SIDE_MM if item.filled else BAR_SIDE_MM
    return word_px + icon_px + 2 * pane.px(BAR_LEAST_SIDE_MM if tight else usual_mm)
