"""The inside of a tile: where its picture and its text stand, and in which size of letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.touch.arrange import ROOMY, Density
from kiosk.touch.theme import NUMBERS, STRONG
from kiosk.touch.typeset import Block, Letters, typeset

if TYPE_CHECKING:
    from kiosk.touch.theme import Palette, Pane, Type


@dataclass(frozen=True, slots=True)
class Look:
    """What all tiles of a screen have in common."""

    pane: Pane
    palette: Palette
    right_to_left: bool = False

    def letters(self, kind: Type) -> Letters:
        """Letters of that type; a ticket number always runs from left to right."""
        right_to_left = self.right_to_left and kind not in NUMBERS
        return Letters(self.pane.px(kind.em_mm), kind.bold, right_to_left, kind.pitch)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a tile sets its content: the first of `kinds` that fits; the picture beside or above.

    `align` is "start" (of reading), "center", "left" or "right".
    """

    kinds: tuple[Type, ...] = (STRONG,)
    density: Density = ROOMY
    stacked: bool = False
    align: str = "start"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, from the top left of its tile."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Composition:
    """A tile's picture and text. `align` is that of the lines among themselves."""

    icon: Box | None
    text: Box | None
    block: Block | None
    align: str

    @property
    def height_px(self) -> int:
        """The height of what is inside."""
        boxes = [box for box in (self.icon, self.text) if box]
        if not boxes:
            return 0
        return max(box.y + box.height for box in boxes) - min(box.y for box in boxes)


def compose(
    text: str, look: Look, setting: Setting, size_px: tuple[int, int], *, icon: bool
) -> Composition:
    """Lay a tile of that width and height out. A height of 0 stands for as high as it gets."""
    inside = _Inside(look, setting, *size_px)
    if setting.stacked:
        return inside.stacked(text, icon=icon)
    return inside.beside(text, icon=icon)


@dataclass(frozen=True, slots=True)
class _Inside:
    look: Look
    setting: Setting
    width_px: int
    height_px: int

    def beside(self, text: str, *, icon: bool) -> Composition:
        pane, density = self.look.pane, self.setting.density
        side_px = pane.px(density.side_mm)
        icon_px = pane.px(density.icon_mm) if icon else 0
        space_px = pane.px(density.space_mm) if icon and text else 0
        room_px = self.width_px - 2 * side_px - icon_px - space_px
        block = self._block(text, room_px, self.height_px) if text else None
        used_px = icon_px + space_px + (block.width_px if block else 0)
        start_px = self._start(side_px, used_px)
        high_px = self.height_px or max(icon_px, block.height_px if block else 0)
        return Composition(
            icon=self._box(start_px, high_px, icon_px, icon_px) if icon else None,
            text=self._box(start_px + icon_px + space_px, high_px, block.width_px, block.height_px)
            if block
            else None,
            block=block,
            align=self._lines(),
        )

    def stacked(self, text: str, *, icon: bool) -> Composition:
        pane, density = self.look.pane, self.setting.density
        room_px = self.width_px - 2 * pane.px(density.side_mm)
        icon_px = pane.px(density.icon_mm) if icon else 0
        space_px = pane.px(density.space_mm) if icon and text else 0
        left_px = (self.height_px - icon_px - space_px) if self.height_px else 0
        block = self._block(text, room_px, left_px) if text else None
        used_px = icon_px + space_px + (block.height_px if block else 0)
        top_px = max(0, self.height_px - used_px) // 2
        text_y = top_px + icon_px + space_px
        return Composition(
            icon=Box((self.width_px - icon_px) // 2, top_px, icon_px, icon_px) if icon else None,
            text=Box((self.width_px - block.width_px) // 2, text_y, block.width_px, block.height_px)
            if block
            else None,
            block=block,
            align="center",
        )

    def _box(self, start_px: int, high_px: int, width_px: int, height_px: int) -> Box:
        """A box that begins there in the order of reading, in the middle of the height."""
        x = self.width_px - start_px - width_px if self.look.right_to_left else start_px
        return Box(x, (high_px - height_px) // 2, width_px, height_px)

    def _start(self, side_px: int, used_px: int) -> int:
        """How far in the order of reading the content begins."""
        spare_px = self.width_px - used_px
        if self.setting.align == "center":
            return spare_px // 2
        return side_px if self._lines() == self._reading() else spare_px - side_px

    def _lines(self) -> str:
        """How the lines are aligned among themselves."""
        return self._reading() if self.setting.align == "start" else self.setting.align

    def _reading(self) -> str:
        return "right" if self.look.right_to_left else "left"

    def _block(self, text: str, width_px: int, height_px: int) -> Block:
        """The text in the largest letters that fit whole."""
        for kind in self.setting.kinds:
            block = typeset(text, self.look.letters(kind), width_px)
            if not block.broken and (not height_px or block.height_px <= height_px):
                break
        return block
