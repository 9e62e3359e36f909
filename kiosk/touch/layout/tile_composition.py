"""Composition of a tile: where its picture and text stand, and in which size of letters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from kiosk.drawing.line_breaking import Block, Letters, free_of_ink_px, typeset
from kiosk.touch.layout.fit import ROOMY, Density
from kiosk.touch.layout.theme import BODY, LEFT_TO_RIGHT, STRONG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.touch.layout.theme import Palette, Pane, Type

INK_APART_MM = 1.0


@dataclass(frozen=True, slots=True)
class Look:
    """What all tiles of a screen have in common; `drawn` is False where they are only laid out."""

    pane: Pane
    palette: Palette
    right_to_left: bool = False
    drawn: bool = True

    def letters(self, kind: Type, *, left_to_right: bool = False) -> Letters:
        """Letters of that type; numbers and codes always run from left to right."""
        right_to_left = self.right_to_left and kind not in LEFT_TO_RIGHT and not left_to_right
        return Letters(self.pane.em_px(kind), kind.bold, right_to_left, kind.pitch)


@dataclass(frozen=True, slots=True)
class TileLayout:
    """How a tile sets its content.

    `align` is "start" (of reading), "center", "left" or "right"; `stacked` puts the picture above
    the text, `at_top` leaves spare height below instead of around, `left_to_right` holds for names
    and numbers that stand in a text of the other direction.
    """

    kind: Type = STRONG
    density: Density = ROOMY
    stacked: bool = False
    align: str = "start"
    at_top: bool = False
    left_to_right: bool = False


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in pixels, from the top left of its tile."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Composition:
    """A tile's picture and text. `align` is that of the lines among themselves."""

    icon: Rect | None
    text: Rect | None
    block: Block | None
    align: str
    note: Rect | None = None
    note_block: Block | None = None

    @property
    def height_px(self) -> int:
        boxes = [box for box in (self.icon, self.text, self.note) if box]
        if not boxes:
            return 0
        return max(box.y + box.height for box in boxes) - min(box.y for box in boxes)

    def fits(self, height_px: int) -> bool:
        """Whether all of it can be seen, with no word torn apart."""
        blocks = [block for block in (self.block, self.note_block) if block]
        whole = not any(block.torn for block in blocks)
        return whole and (not height_px or self.height_px <= height_px)


class TileContent(NamedTuple):
    """What a tile shows; the note stands below the text where the picture is beside it."""

    text: str
    icon: bool = False
    note: str = ""


def compose(
    content: TileContent, look: Look, layouts: Sequence[TileLayout], size_px: tuple[int, int]
) -> Composition:
    """Lay out a tile of that width and height in the first layout that fits, else in the last.

    One that divides no word goes before one that does. A height of 0 stands for as high as it gets.
    """
    dividing = None
    for layout in layouts:
        inside = _Inside(look, layout, *size_px, icon=content.icon, note=content.note)
        composed = (inside.stacked if layout.stacked else inside.beside)(content.text)
        above_px = look.pane.px(layout.density.above_mm)
        if composed.fits(max(0, size_px[1] - 2 * above_px)):
            if composed.block is None or not composed.block.hyphenated:
                return composed
            dividing = dividing or composed
    return dividing or composed


def centred_ink(composed: Composition, height_px: int, rim_px: int) -> Rect | None:
    """Where to draw the text of a tile of that height, for which its own place may be too tight.

    Lines have more air above capitals than below tails: where ink would come nearer to an edge than
    the rim, it gets as much room above as below.
    """
    text, block, icon = composed.text, composed.block, composed.icon
    if text is None or block is None or composed.note is not None:
        return text
    if icon is not None and icon.y + icon.height <= text.y:
        return text  # the picture stands above it
    if min(text.y, height_px - text.y - text.height) >= rim_px:
        return text  # to measure ink takes time
    above_px, below_px = free_of_ink_px(block)
    above_px, below_px = above_px + text.y, below_px + height_px - text.y - text.height
    if min(above_px, below_px) >= rim_px:
        return text
    return replace(text, y=text.y - (above_px - below_px) // 2)


@dataclass(frozen=True, slots=True)
class _Inside:
    look: Look
    layout: TileLayout
    width_px: int
    height_px: int
    icon: bool
    note: str = ""

    def beside(self, text: str) -> Composition:
        """The picture where reading begins, the text after it."""
        side_px, icon_px, space_px = self._sizes(text)
        block = self._block(text, self.width_px - 2 * side_px - icon_px - space_px)
        width_px, text_px = (block.width_px, block.height_px) if block else (0, 0)
        start_px = self._start(side_px, icon_px + space_px + width_px)
        after_px = start_px + icon_px + space_px
        note = self._note_block(self.width_px - after_px - side_px // 2)
        note_px = note.height_px + self._between_px(block, note) if note else 0
        high_px = self.height_px or max(icon_px, text_px + note_px)
        icon = self._box(start_px, high_px, icon_px, icon_px) if icon_px else None
        text_box = self._box(after_px, high_px - note_px, width_px, text_px) if block else None
        composed = Composition(icon, text_box, block, self._lines())
        if note is None:
            return composed
        above_px = text_px + note_px - note.height_px
        below = self._box(after_px, high_px + above_px, note.width_px, note.height_px)
        return replace(composed, note=below, note_block=note)

    def _between_px(self, block: Block | None, note: Block) -> int:
        """Between text and note, so that no tail of a letter touches the line below."""
        if block is None:
            return 0
        free_px = free_of_ink_px(block)[1] + free_of_ink_px(note)[0]
        return max(0, self.look.pane.px(INK_APART_MM) - free_px)

    def stacked(self, text: str) -> Composition:
        """The picture in the middle, the text below it."""
        side_px, icon_px, space_px = self._sizes(text)
        block = self._block(text, self.width_px - 2 * side_px)
        width_px, text_px = (block.width_px, block.height_px) if block else (0, 0)
        spare_px = max(0, self.height_px - icon_px - space_px - text_px)
        above_px = self.look.pane.px(self.layout.density.above_mm) if self.height_px else 0
        top_px = above_px if self.layout.at_top else spare_px // 2
        icon_x, text_x = (self.width_px - icon_px) // 2, (self.width_px - width_px) // 2
        icon = Rect(icon_x, top_px, icon_px, icon_px) if icon_px else None
        text_box = Rect(text_x, top_px + icon_px + space_px, width_px, text_px) if block else None
        return Composition(icon, text_box, block, "center")

    def _sizes(self, text: str) -> tuple[int, int, int]:
        """The rim at each side, the picture, the room between picture and text."""
        pane, density = self.look.pane, self.layout.density
        icon_px = pane.px(density.icon_mm) if self.icon else 0
        space_px = pane.px(density.space_mm) if icon_px and text else 0
        return pane.px(density.side_mm), icon_px, space_px

    def _block(self, text: str, width_px: int) -> Block | None:
        if not text:
            return None
        layout = self.layout
        letters = self.look.letters(layout.kind, left_to_right=layout.left_to_right)
        return typeset(text, letters, width_px)

    def _note_block(self, width_px: int) -> Block | None:
        return typeset(self.note, self.look.letters(BODY), width_px) if self.note else None

    def _box(self, start_px: int, high_px: int, width_px: int, height_px: int) -> Rect:
        """A box that begins there in the order of reading, in the middle of the height."""
        x = self.width_px - start_px - width_px if self.look.right_to_left else start_px
        return Rect(x, (high_px - height_px) // 2, width_px, height_px)

    def _start(self, side_px: int, used_px: int) -> int:
        """How far in the order of reading the content begins."""
        spare_px = self.width_px - used_px
        if self.layout.align == "center":
            return spare_px // 2
        return side_px if self._lines() == self._reading() else spare_px - side_px

    def _lines(self) -> str:
        """How the lines are aligned among themselves."""
        return self._reading() if self.layout.align == "start" else self.layout.align

    def _reading(self) -> str:
        return "right" if self.look.right_to_left else "left"
