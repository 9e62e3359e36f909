"""Draws a slip in black and white dots, 8 to the millimetre (203 dpi)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from kiosk.fonts import font_file
from kiosk.slip.wrap import Style, wrapped

if TYPE_CHECKING:
    from kiosk.slip.slip import Slip
    from kiosk.slip.wrap import Direction, Wrapped

WIDTH_PX = {58: 384, 80: 576}
"""Printable dots by paper width in millimetres."""

DOTS_PER_MM = 8
_MARGIN_PX = 2 * DOTS_PER_MM
_TALLEST_PX = 200 * DOTS_PER_MM
_NUMBER_LARGEST_PX = 22 * DOTS_PER_MM
_LINE_HEIGHT = 1.3
_BLACK, _WHITE = 0, 255

_SMALL = Style(size_px=30, most_lines=3)
_TEXT = Style(size_px=34)
_HINT = Style(size_px=30, most_lines=4)
_TOPIC = Style(size_px=40, bold=True, most_lines=3)
_MARK = Style(size_px=40, bold=True, most_lines=1)


def draw_slip(slip: Slip, width_px: int) -> Image.Image:
    """The picture of a slip, as high as its content needs; raises `kiosk.fonts` errors."""
    paper = _Paper(width_px, "rtl" if slip.right_to_left else "ltr")
    if slip.mark:
        paper.band(slip.mark)
    paper.text(slip.place, _SMALL, "ltr")
    paper.text(slip.date, _SMALL, "ltr")
    paper.rule()
    paper.text(slip.heading, _TEXT)
    paper.number(slip.number)
    paper.text(slip.topic, _TOPIC)
    paper.text(slip.ahead, _TEXT)
    paper.rule()
    paper.text(slip.hint, _HINT)
    return paper.cut()


class _Paper:
    """A strip that is filled from top to bottom, everything centred."""

    def __init__(self, width_px: int, direction: Direction) -> None:
        self._picture = Image.new("L", (width_px, _TALLEST_PX), _WHITE)
        self._pen = ImageDraw.Draw(self._picture)
        self._direction: Direction = direction
        self._middle_px = width_px // 2
        self._inner_px = width_px - 2 * _MARGIN_PX
        self._y_px = DOTS_PER_MM

    def text(self, text: str, style: Style, direction: Direction | None = None) -> None:
        if text:
            direction = direction or self._direction
            self._write(wrapped(text, style, self._inner_px, direction))
            self._y_px += DOTS_PER_MM

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
        self._pen.rectangle((_MARGIN_PX, self._y_px, self._right_px, self._y_px + 2), fill=_BLACK)
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

    def cut(self) -> Image.Image:
        kept = self._picture.crop((0, 0, self._picture.width, self._y_px + DOTS_PER_MM))
        return kept.point(lambda value: _WHITE if value > _WHITE // 2 else _BLACK, mode="1")

    @property
    def _right_px(self) -> int:
        return self._picture.width - _MARGIN_PX

    def _write(self, text: Wrapped) -> None:
        for line in text.lines:
            place = (self._middle_px, self._y_px)
            self._pen.text(place, line, _BLACK, text.font, anchor="ma", direction=text.direction)
            self._y_px += round(text.font.size * _LINE_HEIGHT)


def _filling(number: str, width_px: int) -> ImageFont.FreeTypeFont:
    path = font_file(number, bold=True)
    at_100_px = ImageFont.truetype(path, 100).getlength(number, direction="ltr")
    size_px = min(_NUMBER_LARGEST_PX, int(100 * width_px / at_100_px))
    return ImageFont.truetype(path, size_px)
