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

from kiosk.domain.soft_hyphen import SOFT_HYPHEN, without_soft_hyphens
from kiosk.drawing.fonts import font_file
from kiosk.touch.layout.theme import LINE_PITCH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


@lru_cache(maxsize=2048)
def typeset(text: str, letters: Letters, width_px: int) -> Block:
    """Set a text in as few lines of at most that width as it needs, and those of even length."""
    font_path = font_file(text, bold=letters.bold)
    font = _font(font_path, letters.em_px)
    broken = _break(text, font, letters, width_px)
    if len(broken.lines) > 1 and not broken.torn:
        broken = _evened(text, font, letters, width_px)
    pitch = round(letters.em_px * letters.pitch)
    return Block(
        lines=broken.lines,
        font=font_path,
        em_px=letters.em_px,
        width_px=max(_width(font_path, letters.em_px, line) for line in broken.lines),
        height_px=pitch * len(broken.lines),
        broken=bool(broken.torn),
    )


@lru_cache(maxsize=4096)
def lines_of(text: str, letters: Letters, width_px: int) -> tuple[int, bool]:
    """How many lines a text takes in that width, and whether a word is torn apart."""
    font = _font(font_file(text, bold=letters.bold), letters.em_px)
    broken = _break(text, font, letters, width_px)
    return len(broken.lines), bool(broken.torn)


def height_of(text: str, letters: Letters, width_px: int) -> int:
    """The height of its block in pixels, without setting it."""
    lines, _ = lines_of(text, letters, width_px)
    return round(letters.em_px * letters.pitch) * lines


def width_of(text: str, letters: Letters) -> int:
    """Width in pixels of a text in one line."""
    marked = RIGHT_TO_LEFT_MARK + text if letters.right_to_left else text
    visible = without_soft_hyphens(marked)
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


@dataclass(frozen=True, slots=True)
class _Lines:
    """A broken text; how often a word was divided where it may be, and torn where it may not."""

    lines: tuple[str, ...]
    divided: int
    torn: int


def _evened(text: str, font: ImageFont.FreeTypeFont, letters: Letters, width_px: int) -> _Lines:
    """The same number of lines in the least width: no line has one short word alone."""
    best = _break(text, font, letters, width_px)
    too_narrow_px, wide_px = width_px // 3, width_px
    while wide_px - too_narrow_px > 1:
        middle_px = (wide_px + too_narrow_px) // 2
        narrower = _break(text, font, letters, middle_px)
        worse = narrower.torn or narrower.divided > best.divided
        if worse or len(narrower.lines) > len(best.lines):
            too_narrow_px = middle_px
        else:
            wide_px, best = middle_px, narrower
    return best


def _break(text: str, font: ImageFont.FreeTypeFont, letters: Letters, width_px: int) -> _Lines:
    """Fill lines word by word; a word too long for a line of its own is divided, at last torn."""
    mark = RIGHT_TO_LEFT_MARK if letters.right_to_left else ""

    def visible(line: str) -> str:
        return mark + without_soft_hyphens(line)

    def fits(line: str) -> bool:
        return len(line) <= 1 or font.getlength(visible(line)) <= width_px

    done: list[str] = []
    line, divided, torn = "", 0, 0
    for word in text.split(" "):
        if fits(f"{line} {word}" if line else word):
            line = f"{line} {word}" if line else word
            continue
        done += [line] if line else []
        line = word
        while not fits(line):
            head, line, whole = _divide(line, fits)
            done.append(head)
            divided, torn = divided + whole, torn + (not whole)
    return _Lines(tuple(visible(one) for one in [*done, line]), divided, torn)


def _divide(word: str, fits: Callable[[str], bool]) -> tuple[str, str, bool]:
    """The longest part of a word that fits, the rest of it, and whether it may be divided there."""
    syllables = _BREAKS.split(word)
    for count in range(len(syllables) - 1, 0, -1):
        head = "".join(syllables[:count]).removesuffix("-") + "-"
        if fits(head):
            return head, SOFT_HYPHEN.join(syllables[count:]), True
    letters = len(word) - 1
    while letters > 1 and not fits(word[:letters] + "-"):
        letters -= 1
    return word[:letters] + "-", word[letters:], False


@lru_cache(maxsize=32)
def _font(path: Path, em_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, em_px, layout_engine=ImageFont.Layout.RAQM)


def _width(path: Path, em_px: int, line: str) -> int:
    return round(_font(path, em_px).getlength(line) + 0.5)
