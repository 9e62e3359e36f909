"""Lines that fit the width of the paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PIL import ImageFont

from kiosk.domain.soft_hyphen import SOFT_HYPHEN
from kiosk.drawing.fonts import font_file

if TYPE_CHECKING:
    from collections.abc import Iterator

Direction = Literal["ltr", "rtl"]

_SMALLEST = 0.6
"""How much a text may shrink for its longest word before the word is broken."""
_SMALLEST_PX = 24
"""Three millimetres: smaller letters nobody reads without glasses."""
_MAY_BREAK = "\u200b"
_SIGN = re.compile(r"(?<=[@./_-])(?=\w)")
_STEP_PX = 2


@dataclass(frozen=True, slots=True)
class Style:
    """How a text wants to look; sizes are the em in dots.

    `at_signs` is for web and mail addresses: they break after a sign and never get a hyphen.
    """

    size_px: int
    bold: bool = False
    most_lines: int = 2
    at_signs: bool = False


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Lines and the font in which they fit."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    direction: Direction


def wrapped(text: str, style: Style, width_px: int, direction: Direction) -> Wrapped:
    """Shrink the text a little for its longest word, break it, and cut it after its last line."""
    if style.at_signs:
        text = _SIGN.sub(_MAY_BREAK, text)
    path = font_file(text + "…", bold=style.bold)
    size_px = style.size_px
    smallest_px = max(style.size_px * _SMALLEST, _SMALLEST_PX)
    font = ImageFont.truetype(path, size_px)
    while size_px > smallest_px and _widest_word(text, font, direction) > width_px:
        size_px -= _STEP_PX
        font = ImageFont.truetype(path, size_px)
    lines = tuple(_lines(text, font, width_px, direction))
    if len(lines) > style.most_lines:
        last = _shortened(lines[style.most_lines - 1], font, width_px, direction)
        lines = (*lines[: style.most_lines - 1], last)
    return Wrapped(lines, font, direction)


def _widest_word(text: str, font: ImageFont.FreeTypeFont, direction: Direction) -> float:
    unbreakable = text.replace(SOFT_HYPHEN, " ").replace(_MAY_BREAK, " ").split()
    return max((font.getlength(word, direction=direction) for word in unbreakable), default=0)


def _lines(
    text: str, font: ImageFont.FreeTypeFont, width_px: int, direction: Direction
) -> Iterator[str]:
    line = ""
    for word in text.split():
        for piece in _pieces(word, font, width_px, direction):
            longer = f"{line} {piece}".strip()
            if line and font.getlength(longer, direction=direction) > width_px:
                yield line
                line = piece
            else:
                line = longer
    if line:
        yield line


def _pieces(
    word: str, font: ImageFont.FreeTypeFont, width_px: int, direction: Direction
) -> Iterator[str]:
    """The word, or what fits of it line by line: between soft hyphens, else between letters."""
    mark = _MAY_BREAK if _MAY_BREAK in word else SOFT_HYPHEN
    whole = word.replace(mark, "")
    if font.getlength(whole, direction=direction) <= width_px:
        yield whole
        return
    hyphen = "-" if direction == "ltr" and mark == SOFT_HYPHEN else ""
    piece = ""
    for part in word.split(mark):
        fits = font.getlength(part + hyphen, direction=direction) <= width_px
        for step in [part] if fits else part:
            if piece and font.getlength(piece + step + hyphen, direction=direction) > width_px:
                yield piece + hyphen
                piece = ""
            piece += step
    yield piece


def _shortened(line: str, font: ImageFont.FreeTypeFont, width_px: int, direction: Direction) -> str:
    while line and font.getlength(line + "…", direction=direction) > width_px:
        line = line[:-1]
    return line.rstrip(" -") + "…"
