"""Boxes of the number screen: how high each element gets, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from kiosk.drawing.line_breaking import width_of
from kiosk.touch.layout.fit import SINGLE
from kiosk.touch.layout.theme import LIGHT, TARGET_MM
from kiosk.touch.layout.tile_composition import Look, Rect, TileContent, compose
from kiosk.touch.layout.tile_layouts import side_mm, tile_layouts
from kiosk.touch.layout.view import Role, Slot, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.touch.layout.fit import Arrangement
    from kiosk.touch.layout.theme import Pane
    from kiosk.touch.layout.tile_composition import TileLayout
    from kiosk.touch.layout.view import Element

AIR_MM = 5.0
LINK_MM = 48.0
LINK_WIDE_MM = 62.0
_LINE_SPACE_MM = 3.5
_BUTTON_AIR_MM = 1.0
_COLUMN_SHARE, _COLUMN_SHARE_WIDE = 0.39, 0.32
"""Of the room's width, for buttons with words beside the number."""


@dataclass(frozen=True, slots=True)
class NumberLayout:
    """The boxes of the elements, in their order, from the top left; `fits` if all have room."""

    boxes: tuple[Rect, ...]
    fits: bool


@lru_cache(maxsize=512)
def _height(
    element: Element,
    arrangement: Arrangement,
    pane: Pane,
    right_to_left: bool,  # noqa: FBT001 - a key of the cache
    width_px: int,
) -> tuple[int, bool]:
    """Of what all numbers have in common it was asked while the glass rested."""
    layouts = tile_layouts(element, pane, arrangement)
    height_px, whole = _composed(element, Look(pane, LIGHT, right_to_left), layouts, width_px)
    if element.role is not Role.BUTTON:
        return height_px, whole
    rim_px = 2 * pane.px(arrangement.density.above_mm)
    return max(pane.px(TARGET_MM), height_px + rim_px), whole


def _number_height(element: Element, look: Look, size: int, width_px: int) -> tuple[int, bool]:
    """Of a number, in no larger letters than those."""
    layouts = tile_layouts(element, look.pane, SINGLE)[size:]
    return _composed(element, look, layouts, width_px)


def _composed(
    element: Element, look: Look, layouts: Sequence[TileLayout], width_px: int
) -> tuple[int, bool]:
    content = TileContent(element.text, element.has_picture)
    composed = compose(content, look, layouts, (width_px, 0))
    return composed.height_px, composed.block is None or not composed.block.torn


@dataclass(slots=True)
class NumberComposer:
    """Works out the boxes for one size of the number; `arrange` says whether all have room."""

    elements: Sequence[Element]
    arrangement: Arrangement
    look: Look
    width_px: int
    height_px: int
    size_of_number: int
    """Its place in the pane's `numbers`: the letters that are tried first."""

    def arrange(self) -> NumberLayout:
        """Buttons of several lines have air above and below, unless the rest needs that room."""
        airy = self._arranged(self.look.pane.px(2 * _BUTTON_AIR_MM))
        return airy if airy.fits else self._arranged(0)

    def _arranged(self, air_px: int) -> NumberLayout:
        side = [each for each in self.elements if each.slot is Slot.SIDE]
        row = [each for each in self.elements if each.slot is Slot.SECOND]
        texts = [each for each in self.elements if each.slot not in {Slot.SIDE, Slot.SECOND}]
        row_boxes, row_px, row_fits = self._row(row, air_px)
        free_px = self.height_px - (row_px + self.look.pane.gap_px if row else 0)
        side_boxes, side_px, side_fits = self._side(side, free_px)
        text_px = self.width_px - (side_px + self.look.pane.gap_px if side else 0)
        text_boxes, texts_fit = self._texts(texts, text_px, free_px)
        boxes = {
            each.id: self._mirrored(box)
            for some, their_boxes in (
                (row, row_boxes),
                (side, side_boxes),
                (texts, text_boxes),
            )
            for each, box in zip(some, their_boxes, strict=True)
        }
        fits = row_fits and side_fits and texts_fit
        return NumberLayout(tuple(boxes[each.id] for each in self.elements), fits)

    def _mirrored(self, box: Rect) -> Rect:
        if not self.look.right_to_left:
            return box
        return Rect(self.width_px - box.x - box.width, box.y, box.width, box.height)

    def _height(self, element: Element, width_px: int) -> tuple[int, bool]:
        """How high an element gets in that width, and whether no word is torn."""
        if element.style is Style.NUMBER:
            return _number_height(element, self.look, self.size_of_number, width_px)
        pane, right_to_left = self.look.pane, self.look.right_to_left
        return _height(element, self.arrangement, pane, right_to_left, width_px)

    def _row(self, row: Sequence[Element], air_px: int) -> tuple[list[Rect], int, bool]:
        """At the bottom, in rows of one height; words share what pictures alone leave."""
        if not row:
            return [], 0, True
        gap_px, columns = self.look.pane.gap_px, self.arrangement.columns
        lines = [row[first : first + columns] for first in range(0, len(row), columns)]
        widths = [self._widths(line) for line in lines]
        measured = [
            self._height(each, width)
            for line, line_widths in zip(lines, widths, strict=True)
            for each, width in zip(line, line_widths, strict=True)
        ]
        high_px = max(height for height, _ in measured)
        high_px += air_px * (high_px > self.look.pane.px(TARGET_MM))
        used_px = len(lines) * (high_px + gap_px) - gap_px
        boxes = []
        for number, line_widths in enumerate(widths):
            top_px = self.height_px - used_px + number * (high_px + gap_px)
            ends = accumulate((width + gap_px for width in line_widths), initial=0)
            boxes += [
                Rect(x, top_px, width, high_px) for x, width in zip(ends, line_widths, strict=False)
            ]
        return boxes, used_px, all(whole for _, whole in measured)

    def _widths(self, line: Sequence[Element]) -> list[int]:
        """Pictures have cells of one size; beside words they are no wider than a finger needs."""
        gap_px, target_px = self.look.pane.gap_px, self.look.pane.px(TARGET_MM)
        worded = sum(bool(each.text) for each in line)
        if not worded:
            columns = self.arrangement.columns
            return [(self.width_px - (columns - 1) * gap_px) // columns] * len(line)
        narrow_px = (len(line) - worded) * (target_px + gap_px)
        word_px = (self.width_px - narrow_px - (worded - 1) * gap_px) // worded
        return [word_px if each.text else target_px for each in line]

    def _side(self, side: Sequence[Element], free_px: int) -> tuple[list[Rect], int, bool]:
        """A code, or buttons below each other, where reading ends."""
        if not side:
            return [], 0, True
        pane = self.look.pane
        if any(each.text for each in side) and side[0].style is not Style.CODE:
            return self._column(side, free_px)
        if side[0].style is Style.CODE:
            beside_mm = LINK_WIDE_MM if pane.wide else LINK_MM
            alone = pane.small or not side[0].text
            width_px = pane.px(side_mm(pane) if alone else beside_mm)
            height_px, whole = self._height(side[0], width_px)
            box = Rect(self.width_px - width_px, 0, width_px, height_px)
            return [box], width_px, whole and height_px <= free_px
        columns, target_px, gap_px = self.arrangement.columns, pane.px(TARGET_MM), pane.gap_px
        rows = -(-len(side) // columns)
        width_px = columns * (target_px + gap_px) - gap_px
        high_px = min((free_px + gap_px) // rows - gap_px, pane.px(1.2 * TARGET_MM))
        boxes = [
            Rect(
                self.width_px - width_px + (place // rows) * (target_px + gap_px),
                (place % rows) * (high_px + gap_px),
                target_px,
                high_px,
            )
            for place, _ in enumerate(side)
        ]
        return boxes, width_px, high_px >= target_px

    def _column(self, side: Sequence[Element], free_px: int) -> tuple[list[Rect], int, bool]:
        """Buttons with words, each as high as it must be; pictures alone share the last line."""
        pane = self.look.pane
        width_px = round((_COLUMN_SHARE_WIDE if pane.wide else _COLUMN_SHARE) * self.width_px)
        left_px = self.width_px - width_px
        worded = [each for each in side if each.text]
        pictures = [each for each in side if not each.text]
        measured = [self._height(each, width_px) for each in worded]
        below_px = pane.px(TARGET_MM) + pane.gap_px if pictures else 0
        heights = self._with_air([height for height, _ in measured], free_px - below_px)
        tops = [*accumulate((height + pane.gap_px for height in heights), initial=0)]
        boxes = {
            each.id: Rect(left_px, top_px, width_px, height_px)
            for each, top_px, height_px in zip(worded, tops, heights, strict=False)
        }
        used_px, whole = tops[-1] - pane.gap_px, all(whole for _, whole in measured)
        if pictures:
            step_px = (width_px + pane.gap_px) // len(pictures)
            size_px = (step_px - pane.gap_px, pane.px(TARGET_MM))
            for place, each in enumerate(pictures):
                boxes[each.id] = Rect(left_px + place * step_px, tops[-1], *size_px)
            used_px, whole = tops[-1] + size_px[1], whole and size_px[0] >= size_px[1]
        return [boxes[each.id] for each in side], width_px, whole and used_px <= free_px

    def _with_air(self, heights: list[int], free_px: int) -> list[int]:
        """Buttons of several lines get what room is left, up to a millimetre above and below."""
        pane = self.look.pane
        tall = sum(height > pane.px(TARGET_MM) for height in heights)
        spare_px = free_px - sum(heights) - pane.gap_px * (len(heights) - 1)
        air_px = max(0, min(pane.px(2 * _BUTTON_AIR_MM), spare_px // max(1, tall)))
        return [height + air_px * (height > pane.px(TARGET_MM)) for height in heights]

    def _texts(
        self, texts: Sequence[Element], width_px: int, free_px: int
    ) -> tuple[list[Rect], bool]:
        """From the top on; what leads stands in one line with what goes before, if it can.

        Nothing stands beside the number.
        """
        pane = self.look.pane
        boxes: list[Rect] = []
        x_px, top_px, fits = 0, 0, True
        before_px = 0
        for element in texts:
            line_px = 0 if element.style is Style.NUMBER else self._line_px(element)
            beside_px = before_px + pane.px(_LINE_SPACE_MM) if before_px else 0
            if element.slot is Slot.LEAD and beside_px and beside_px + line_px <= width_px:
                last = boxes[-1]
                boxes[-1] = Rect(last.x, last.y, before_px, last.height)
                boxes.append(Rect(beside_px, last.y, line_px, last.height))
                continue
            height_px, whole = self._height(element, width_px)
            boxes.append(Rect(x_px, top_px, width_px, height_px))
            top_px += height_px
            fits = fits and whole
            before_px = line_px if line_px <= width_px else 0
        return self._spread(boxes, free_px - top_px), fits and top_px <= free_px

    def _spread(self, boxes: list[Rect], spare_px: int) -> list[Rect]:
        """With as much air between lines as there is, up to the most."""
        tops = sorted({box.y for box in boxes})
        air_px = max(0, min(self.look.pane.px(AIR_MM), spare_px // max(1, len(tops))))
        return [
            Rect(box.x, box.y + tops.index(box.y) * air_px, box.width, box.height) for box in boxes
        ]

    def _line_px(self, element: Element) -> int:
        """How wide an element is in one line."""
        kind = tile_layouts(element, self.look.pane, self.arrangement)[0].kind
        return width_of(element.text, self.look.letters(kind)) + 1
