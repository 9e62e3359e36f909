"""Shaping of lines: their runs of one font and direction, and how long they get.

Pillow's raqm shapes and orders each line. One that needs several fonts is ordered here, and raqm
shapes each of its runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import isnan, nan
from operator import itemgetter
from typing import TYPE_CHECKING, Final, Literal

from PIL import ImageFont

from kiosk.drawing.bidi import embedding_levels, visual_order
from kiosk.drawing.fonts import font_runs

if TYPE_CHECKING:
    from pathlib import Path

RIGHT_TO_LEFT_MARK: Final = "\u200f"


@lru_cache(maxsize=16384)
def length_px(bold: bool, em_px: int, text: str) -> float:  # noqa: FBT001 - a key of the cache
    """The same words are tried again and again, in lines of many widths.

    Nothing joins the letters of two words, so their lengths add up, where the first font has all of
    them. Behind the mark raqm sets Latin words otherwise.
    """
    if not text.startswith(RIGHT_TO_LEFT_MARK):
        words_px = [_word_px(bold, em_px, word) for word in text.split(" ")]
        length_px = sum(words_px) + (len(words_px) - 1) * _word_px(bold, em_px, " ")
        if not isnan(length_px):
            return length_px
    return sum(run.length_px for run in set_runs(bold, em_px, text))


@lru_cache(maxsize=4096)
def _word_px(bold: bool, em_px: int, word: str) -> float:  # noqa: FBT001 - same
    """Its length in the first font; not a number where another one has to draw of it."""
    first = font_runs(" ", bold=bold)[0].font
    if any(run.font != first for run in font_runs(word, bold=bold)):
        return nan
    return _font(first, em_px).getlength(word)


@dataclass(frozen=True, slots=True)
class SetRun:
    """Letters of one font and one direction; None leaves the direction to raqm."""

    text: str
    font: ImageFont.FreeTypeFont
    direction: Literal["ltr", "rtl"] | None

    @property
    def length_px(self) -> float:
        """Shaped again with each call: nobody asks who only draws a line of one run."""
        return self.font.getlength(self.text, direction=self.direction)


def set_runs(bold: bool, em_px: int, line: str) -> list[SetRun]:  # noqa: FBT001 - same
    """The runs of a line from left to right. One font leaves the whole line to raqm."""
    by_font = font_runs(line, bold=bold)
    if len(by_font) == 1:
        font = _font(by_font[0].font, em_px)
        return [SetRun(line, font, None)]
    levels = embedding_levels(line, right_to_left=line.startswith(RIGHT_TO_LEFT_MARK))
    at, parts = 0, []
    for run in by_font:
        inside = zip(levels[at:], run.text, strict=False)
        for level, letters in groupby(inside, key=itemgetter(0)):
            parts.append((level, "".join(letter for _, letter in letters), run.font))
        at += len(run.text)
    order = visual_order([level for level, _, _ in parts])
    return [_set_run(*parts[place], em_px) for place in order]


def _set_run(level: int, text: str, path: Path, em_px: int) -> SetRun:
    return SetRun(text, _font(path, em_px), "rtl" if level % 2 else "ltr")


@lru_cache(maxsize=32)
def _font(path: Path, em_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, em_px, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=512)
def ink_px(bold: bool, em_px: int, line: str) -> tuple[int, int]:  # noqa: FBT001 - same
    """How far a line's ink reaches above its baseline and below."""
    boxes = [
        run.font.getbbox(run.text, anchor="ls", direction=run.direction)
        for run in set_runs(bold, em_px, line)
    ]
    return -round(min(top for _, top, _, _ in boxes)), round(max(end for *_, end in boxes))


def width_px(bold: bool, em_px: int, line: str) -> int:  # noqa: FBT001 - same
    return round(length_px(bold, em_px, line) + 0.5)
