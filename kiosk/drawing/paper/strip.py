"""A strip of paper in black and white dots, 8 to the millimetre (203 dpi)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

from kiosk.drawing.fonts import font_file
from kiosk.drawing.icons import mask
from kiosk.drawing.paper.wrap import Style, wrapped
from kiosk.drawing.qr_code import QUIET_MODULES, matrix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.drawing.paper.wrap import Direction, Wrapped

DOTS_PER_MM: Final = 8
CODE_LEAST_DOTS: Final = 4
"""A module of a QR code: half a millimetre is what a phone still reads off thermal paper."""
CODE_MOST_DOTS: Final = 6

_MARGIN_PX = 2 * DOTS_PER_MM
_EDGE_PX = DOTS_PER_MM
_ICON_PX = 5 * DOTS_PER_MM
_GROWS_BY_PX = 200 * DOTS_PER_MM
_NUMBER_LARGEST_PX = 22 * DOTS_PER_MM
_LINE_HEIGHT = 1.3
_BLACK, _WHITE = 0, 255
_MARK = Style(size_px=40, bold=True, most_lines=1)


class Strip:
    """Filled from top to bottom, as long as its content. Raises the errors of `drawing.fonts`."""

    def __init__(self, width_px: int, direction: Direction) -> None:
        self._picture = Image.new("L", (width_px, _GROWS_BY_PX), _WHITE)
        self._pen = ImageDraw.Draw(self._picture)
        self._direction: Direction = direction
        self._middle_px = width_px // 2
        self._inner_px = width_px - 2 * _MARGIN_PX
        self._y_px = DOTS_PER_MM

    def text(self, text: str, style: Style, direction: Direction | None = None) -> None:
        """In the middle; an empty text takes no paper."""
        if text:
            lines = wrapped(text, style, self._inner_px, direction or self._direction)
            self._write(lines, self._middle_px, "ma")
            self.gap()

    def row(self, texts: Iterable[str], style: Style, icon: str = "") -> None:
        """Texts below each other where lines begin, beside their pictogram; none take no paper.

        A text with Arabic letters runs from the right, any other from the left.
        """
        written = [text for text in texts if text]
        if not written:
            return
        indent_px = _EDGE_PX + (_ICON_PX + DOTS_PER_MM if icon else 0)
        top_px = self._y_px
        for text in written:
            width_px = self._picture.width - indent_px - _EDGE_PX
            lines = wrapped(text, style, width_px, _direction_of(text))
            if self._direction == "rtl":
                self._write(lines, self._picture.width - indent_px, "ra")
            else:
                self._write(lines, indent_px, "la")
        if icon:
            self._y_px = max(self._y_px, top_px + _ICON_PX)
            self._icon(icon, top_px)
        self.gap()

    def band(self, text: str) -> None:
        """White on black, so that nobody takes a copy for the slip itself."""
        mark = wrapped(text, _MARK, self._inner_px, self._direction)
        bottom_px = self._y_px + 7 * DOTS_PER_MM
        self._pen.rectangle((_MARGIN_PX, self._y_px, self._right_px, bottom_px), fill=_BLACK)
        middle = (self._middle_px, (self._y_px + bottom_px) // 2)
        for line in mark.lines:
            self._pen.text(middle, line, _WHITE, mark.font, anchor="mm", direction=mark.direction)
        self._y_px = bottom_px + DOTS_PER_MM

    def rule(self) -> None:
        self._reach(self._y_px + DOTS_PER_MM)
        self._pen.rectangle((_MARGIN_PX, self._y_px, self._right_px, self._y_px + 2), fill=_BLACK)
        self._y_px += DOTS_PER_MM

    def gap(self) -> None:
        self._y_px += DOTS_PER_MM

    def number(self, number: str) -> None:
        """As large as the width allows, and left to right in every language."""
        font = _filling(number, self._inner_px)
        place = (self._middle_px, self._y_px)
        box = self._pen.textbbox(place, number, font=font, anchor="ma", direction="ltr")
        above_px = round(box[1]) - self._y_px
        self._pen.text(
            (self._middle_px, self._y_px - above_px + DOTS_PER_MM),
            number,
            _BLACK,
            font,
            anchor="ma",
            direction="ltr",
        )
        self._y_px += round(box[3] - box[1]) + 3 * DOTS_PER_MM

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
        kept = self._picture.crop((0, 0, self._picture.width, self._y_px + DOTS_PER_MM))
        return kept.point(lambda value: _WHITE if value > _WHITE // 2 else _BLACK, mode="1")

    @property
    def _right_px(self) -> int:
        return self._picture.width - _MARGIN_PX

    def _write(self, text: Wrapped, x_px: int, anchor: str) -> None:
        height_px = round(text.font.size * _LINE_HEIGHT)
        self._reach(self._y_px + len(text.lines) * height_px)
        for line in text.lines:
            place = (x_px, self._y_px)
            self._pen.text(place, line, _BLACK, text.font, anchor=anchor, direction=text.direction)
            self._y_px += height_px

    def _icon(self, name: str, top_px: int) -> None:
        from_the_right = self._direction == "rtl"
        drawn = mask(name, _ICON_PX, right_to_left=from_the_right)
        left_px = self._picture.width - _EDGE_PX - _ICON_PX if from_the_right else _EDGE_PX
        self._picture.paste(_BLACK, (left_px, top_px), drawn)

    def _reach(self, bottom_px: int) -> None:
        """Make sure that the strip goes on to there, and some way beyond."""
        if bottom_px + _GROWS_BY_PX // 4 > self._picture.height:
            longer = Image.new("L", (self._picture.width, bottom_px + _GROWS_BY_PX), _WHITE)
            longer.paste(self._picture)
            self._picture, self._pen = longer, ImageDraw.Draw(longer)


def _direction_of(text: str) -> Direction:
    return "rtl" if any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text) else "ltr"


def _filling(number: str, width_px: int) -> ImageFont.FreeTypeFont:
    path = font_file(number, bold=True)
    at_100_px = ImageFont.truetype(path, 100).getlength(number, direction="ltr")
    size_px = min(_NUMBER_LARGEST_PX, int(100 * width_px / at_100_px))
    return ImageFont.truetype(path, size_px)
