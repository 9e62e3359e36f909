"""A strip of paper in black and white dots, 8 to the millimetre (203 dpi)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from kiosk.drawing.icons import mask
from kiosk.drawing.line_breaking import MAY_BREAK, Block, Letters, draw, rim_px, typeset, width_of
from kiosk.drawing.qr_code import QUIET_MODULES, matrix

if TYPE_CHECKING:
    from collections.abc import Iterable

DOTS_PER_MM: Final = 8
CODE_LEAST_DOTS: Final = 4
"""A module of a QR code: half a millimetre is what a phone still reads off thermal paper."""
CODE_MOST_DOTS: Final = 6

_MARGIN_PX = 2 * DOTS_PER_MM
_EDGE_PX = DOTS_PER_MM
_ICON_PX = 5 * DOTS_PER_MM
_GROWS_BY_PX = 200 * DOTS_PER_MM
_NUMBER_LARGEST_PX = 22 * DOTS_PER_MM
_LINE_PITCH = 1.3
_BLACK, _WHITE = 0, 255
_SMALLEST = 0.6
"""How much a text may shrink for its longest word before the word is torn."""
_SMALLEST_PX = 24
"""Three millimetres: smaller letters need glasses."""
_STEP_PX = 2
_SIGN = re.compile(r"(?<=[@./_-])(?=\w)")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text wants to look; `size_px` is its em in dots.

    `at_signs` is for web and mail addresses: they break after a sign and never get a hyphen.
    """

    size_px: int
    bold: bool = False
    most_lines: int = 2
    at_signs: bool = False


_MARK = TextStyle(size_px=40, bold=True, most_lines=1)


def inner_px(width_px: int) -> int:
    """What the margins leave of a paper's width."""
    return width_px - 2 * _MARGIN_PX


class Strip:
    """Filled from top to bottom, as long as its content. Raises the errors of `drawing.fonts`."""

    def __init__(self, width_px: int, *, right_to_left: bool) -> None:
        self._picture = Image.new("L", (width_px, _GROWS_BY_PX), _WHITE)
        self._pen = ImageDraw.Draw(self._picture)
        self._right_to_left = right_to_left
        self._inner_px = inner_px(width_px)
        self._y_px = DOTS_PER_MM

    def text(self, text: str, style: TextStyle) -> None:
        """In the middle; an empty text takes no paper."""
        if text:
            self._write(_fitted(text, style, self._inner_px), "center", _MARGIN_PX)
            self.gap()

    def row(self, texts: Iterable[str], style: TextStyle, icon: str = "") -> None:
        """Texts below each other where lines begin, beside their pictogram; none take no paper."""
        written = [text for text in texts if text]
        if not written:
            return
        indent_px = _EDGE_PX + (_ICON_PX + DOTS_PER_MM if icon else 0)
        top_px = self._y_px
        for text in written:
            block = _fitted(text, style, self._picture.width - indent_px - _EDGE_PX)
            self._write(block, "right" if self._right_to_left else "left", indent_px)
        if icon:
            self._y_px = max(self._y_px, top_px + _ICON_PX)
            self._icon(icon, top_px)
        self.gap()

    def band(self, text: str) -> None:
        """White on black, so that a copy is not taken for the slip itself."""
        mark = _fitted(text, _MARK, self._inner_px)
        height_px = 7 * DOTS_PER_MM
        top_px, bottom_px = self._y_px, self._y_px + height_px
        right_px = self._picture.width - _MARGIN_PX - 1
        self._pen.rectangle((_MARGIN_PX, top_px, right_px, bottom_px), fill=_BLACK)
        self._y_px += (height_px - mark.height_px) // 2
        self._write(mark, "center", _MARGIN_PX, _WHITE)
        self._y_px = bottom_px + DOTS_PER_MM

    def rule(self) -> None:
        """A line from edge to edge: rows begin where it begins."""
        self._reach(self._y_px + DOTS_PER_MM)
        right_px = self._picture.width - _EDGE_PX - 1
        self._pen.rectangle((_EDGE_PX, self._y_px, right_px, self._y_px + 2), fill=_BLACK)
        self._y_px += DOTS_PER_MM

    def gap(self) -> None:
        self._y_px += DOTS_PER_MM

    def number(self, number: str) -> None:
        """As large as the width allows, and left to right in every language."""
        at_100_px = width_of(number, Letters(100, bold=True))
        size_px = min(_NUMBER_LARGEST_PX, 100 * self._inner_px // at_100_px)
        drawn = draw(typeset(number, Letters(size_px, bold=True), self._inner_px), "left")
        ink = drawn.crop(drawn.getbbox())
        place = ((self._picture.width - ink.width) // 2, self._y_px + DOTS_PER_MM)
        self._picture.paste(_BLACK, place, ink)
        self._y_px += ink.height + 3 * DOTS_PER_MM

    def code(self, text: str) -> None:
        """A QR code with its quiet zone; raises `QrTooLong` where it would be too fine."""
        around = 2 * QUIET_MODULES
        modules = matrix(text, self._picture.width // CODE_LEAST_DOTS - around)
        dots = min(CODE_MOST_DOTS, self._picture.width // (len(modules) + around))
        left_px = (self._picture.width - len(modules) * dots) // 2
        top_px = self._y_px + QUIET_MODULES * dots
        self._reach(top_px + len(modules) * dots)
        for y, row in enumerate(modules):
            for x, is_dark in enumerate(row):
                if is_dark:
                    x_px, y_px = left_px + x * dots, top_px + y * dots
                    self._pen.rectangle((x_px, y_px, x_px + dots - 1, y_px + dots - 1), _BLACK)
        self._y_px = top_px + (len(modules) + QUIET_MODULES) * dots

    def cut(self) -> Image.Image:
        cropped = self._picture.crop((0, 0, self._picture.width, self._y_px + DOTS_PER_MM))
        return cropped.point(lambda value: _WHITE if value > _WHITE // 2 else _BLACK, mode="1")

    def _write(self, block: Block, align: str, indent_px: int, colour: int = _BLACK) -> None:
        """A block between an indent and the edge where its lines end, and go on below it."""
        self._reach(self._y_px + block.height_px)
        left_px = {
            "left": indent_px,
            "right": self._picture.width - indent_px - block.width_px,
            "center": (self._picture.width - block.width_px) // 2,
        }[align]
        rim = rim_px(block)
        self._picture.paste(colour, (left_px - rim, self._y_px - rim), draw(block, align))
        self._y_px += block.height_px

    def _icon(self, name: str, top_px: int) -> None:
        drawn = mask(name, _ICON_PX, right_to_left=self._right_to_left)
        right_px = self._picture.width - _EDGE_PX - _ICON_PX
        left_px = right_px if self._right_to_left else _EDGE_PX
        self._picture.paste(_BLACK, (left_px, top_px), drawn)

    def _reach(self, bottom_px: int) -> None:
        """Make sure that the strip goes on to there, and some way beyond."""
        if bottom_px + _GROWS_BY_PX // 4 > self._picture.height:
            longer = Image.new("L", (self._picture.width, bottom_px + _GROWS_BY_PX), _WHITE)
            longer.paste(self._picture)
            self._picture, self._pen = longer, ImageDraw.Draw(longer)


def _fitted(text: str, style: TextStyle, width_px: int) -> Block:
    """Shrink a text a little for its longest word, break it, and cut it after its last line.

    With Arabic letters it runs from the right, whatever the strip's own direction.
    """
    right_to_left = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)
    if style.at_signs:
        text = _SIGN.sub(MAY_BREAK, text)
    smallest_px = max(round(style.size_px * _SMALLEST), _SMALLEST_PX)
    for size_px in range(style.size_px, smallest_px - 1, -_STEP_PX):
        letters = Letters(size_px, style.bold, right_to_left, _LINE_PITCH)
        block = typeset(text, letters, width_px, style.most_lines)
        if not block.torn:
            break
    return block
