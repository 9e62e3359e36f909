"""Layout of the number screen: texts from the top, a column beside them, buttons at the bottom."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.drawing.line_breaking import width_of
from kiosk.touch.layout.number_boxes import NumberComposer
from kiosk.touch.layout.theme import LIGHT
from kiosk.touch.layout.tile_composition import Look
from kiosk.touch.layout.view import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.touch.layout.fit import Arrangement
    from kiosk.touch.layout.number_boxes import NumberLayout
    from kiosk.touch.layout.theme import Pane
    from kiosk.touch.layout.view import Element


def number_layout(
    elements: Sequence[Element],
    arrangement: Arrangement,
    look: Look,
    size_px: tuple[int, int],
    sizes_of_number: Sequence[int] = (),
) -> NumberLayout:
    """Where each element stands in that room, with the first size of number that fits.

    Only the given ones of the pane's `numbers` are tried, or all of them.
    """
    kept = tuple(map(_without_code, elements))
    short = tuple(map(_without_number, kept))
    for size in sizes_of_number or range(len(look.pane.numbers)):
        where = look.pane, look.right_to_left, *size_px, size
        layout = _arranged(short, arrangement, *where)
        if not _has_room(kept, layout, look, size):
            layout = _arranged(kept, arrangement, *where)
        if layout.fits:
            break
    return layout


def _without_code(element: Element) -> Element:
    """The memos below keep no secret of a citizen: all codes have one size."""
    return replace(element, code="-", say="") if element.style is Style.CODE else element


def _without_number(element: Element) -> Element:
    """In place of a number what is narrower than any, so that what fits was known at rest."""
    return replace(element, text="-", say="") if element.style is Style.NUMBER else element


def _has_room(elements: Sequence[Element], layout: NumberLayout, look: Look, size: int) -> bool:
    """Whether a number of that size goes where the narrowest one stands."""
    letters = look.letters(look.pane.numbers[size])
    return all(
        width_of(element.text, letters) <= box.width
        for element, box in zip(elements, layout.boxes, strict=True)
        if element.style is Style.NUMBER
    )


@lru_cache(maxsize=256)
def _arranged(  # noqa: PLR0913, PLR0917 - a key of the cache
    elements: tuple[Element, ...],
    arrangement: Arrangement,
    pane: Pane,
    right_to_left: bool,  # noqa: FBT001 - same
    width_px: int,
    height_px: int,
    size_of_number: int,
) -> NumberLayout:
    """Of short queues it was asked while the glass rested; a screen tries some seven variants."""
    look = Look(pane, LIGHT, right_to_left)
    composer = NumberComposer(elements, arrangement, look, width_px, height_px, size_of_number)
    return composer.arrange()
