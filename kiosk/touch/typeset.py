"""Text into lines, lines into a picture: one engine measures and draws, so nothing is clipped.

Pillow's raqm shapes and orders each line. A line of a right-to-left text begins with a mark that
says so; without it a line that happens to begin with "A-017" would be laid out from the left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from kiosk.fonts import font_file
from kiosk.touch.theme import LINE_PITCH

if TYPE_CHECKING:
    from pathlib import Path

SOFT_HYPHEN = "\u00ad"
RIGHT_TO_LEFT_MARK = "\u200f"


@dataclass(frozen=True, slots=True)
class Block:
    """A text set in lines. Sizes in pixels; `broken` says that a word had to be torn apart."""

    lines: tuple[str, ...]
    font: Path
    em_px: int
    width_px: int
    height_px: int
    broken: bool


@dataclass(frozen=True, slots=True)
class Letters:
    """What letters to set: height, weight, where lines begin, and from line to line in em."""

    em_px: int
    bold: bool
    right_to_left: bool = False
    pitch: float = LINE_PITCH


@lru_cache(maxsize=512)
def typeset(text: str, letters: Letters, width_px: int) -> Block:
    """Set a text in lines of at most that width."""
    font_path = font_file(text, bold=letters.bold)
    lines, broken = _Breaker(_font(font_path, letters.em_px), letters, width_px).lines(text)
    widths = [_width(font_path, letters.em_px, line) for line in lines]
    pitch = round(letters.em_px * letters.pitch)
    return Block(
        lines=tuple(lines),
        font=font_path,
        em_px=letters.em_px,
        width_px=max(widths, default=0),
        height_px=pitch * len(lines),
        broken=broken,
    )


def width_of(text: str, letters: Letters) -> int:
    """Width in pixels of a text in one line."""
    marked = RIGHT_TO_LEFT_MARK + text if letters.right_to_left else text
    visible = marked.replace(SOFT_HYPHEN, "")
    return _width(font_file(text, bold=letters.bold), letters.em_px, visible)


def draw(block: Block, align: str) -> Image.Image:
    """The block as a mask, its lines aligned "left", "right" or "center".

    Letters may reach a little beyond their advance: the picture has a rim of `rim_px` all around.
    """
    rim = rim_px(block)
    picture = Image.new("L", (block.width_px + 2 * rim, block.height_px + 2 * rim), 0)
    pen = ImageDraw.Draw(picture)
    font = _font(block.font, block.em_px)
    pitch = block.height_px // len(block.lines)
    for row, line in enumerate(block.lines):
        spare = block.width_px - _width(block.font, block.em_px, line)
        left = {"left": 0, "right": spare, "center": spare // 2}[align]
        baseline = rim + row * pitch + (pitch + round(block.em_px * _CAPITAL)) // 2
        pen.text((rim + left, baseline), line, fill=255, font=font, anchor="ls")
    return picture


def rim_px(block: Block) -> int:
    """Room for accents, tails and italics beyond a block's box."""
    return block.em_px // 4


_CAPITAL = 0.714
"""Height of a capital letter in em: capitals stand in the middle of their line."""


_BREAKS = re.compile(r"\u00ad|(?<=[^\W\d]-)(?=[^\W\d])")
"""Soft hyphens, and hyphens between two letters: "Führungs-Zeugnis", but never "A-017"."""


class _Breaker:
    """Fills lines word by word; a hyphen lets a word break, and a word too long is torn at last."""

    def __init__(self, font: ImageFont.FreeTypeFont, letters: Letters, width_px: int) -> None:
        self._font, self._width_px = font, width_px
        self._mark = RIGHT_TO_LEFT_MARK if letters.right_to_left else ""

    def lines(self, text: str) -> tuple[list[str], bool]:
        done: list[str] = []
        line, broken = "", False
        for word in text.split(" "):
            line = self._add(done, line, word)
            while not self._fits(line):
                head = self._longest_head(line)
                done.append(head + "-")
                line, broken = line[len(head) :], True
        return [self._visible(one) for one in [*done, line]], broken

    def _add(self, done: list[str], line: str, word: str) -> str:
        """The line with the word, or the rest of the word after the lines that it filled."""
        longer = f"{line} {word}" if line else word
        if self._fits(longer):
            return longer
        syllables = _BREAKS.split(word)
        for count in range(len(syllables) - 1, 0, -1):
            start = "".join(syllables[:count]).removesuffix("-") + "-"
            rest = SOFT_HYPHEN.join(syllables[count:])
            if self._fits(f"{line} {start}" if line else start):
                done.append(f"{line} {start}" if line else start)
                return self._add(done, "", rest)
        if not line:
            return word.replace(SOFT_HYPHEN, "")
        done.append(line)
        return self._add(done, "", word)

    def _longest_head(self, word: str) -> str:
        count = len(word) - 1
        while count > 1 and not self._fits(word[:count] + "-"):
            count -= 1
        return word[:count]

    def _fits(self, line: str) -> bool:
        return len(line) < 2 or self._font.getlength(self._visible(line)) <= self._width_px  # noqa: PLR2004

    def _visible(self, line: str) -> str:
        return self._mark + line.replace(SOFT_HYPHEN, "")


@lru_cache(maxsize=32)
def _font(path: Path, em_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, em_px, layout_engine=ImageFont.Layout.RAQM)


def _width(path: Path, em_px: int, line: str) -> int:
    return round(_font(path, em_px).getlength(line) + 0.5)
