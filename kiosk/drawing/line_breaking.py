"""Line breaking for glass and paper: one engine measures and draws, so nothing is clipped.

A line of a right-to-left text begins with a mark that says so; without it a line that happens to
begin with "A-017" would be laid out from the left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from kiosk.domain.soft_hyphen import SOFT_HYPHEN, without_soft_hyphens
from kiosk.drawing import shaping
from kiosk.drawing.bidi import isolated_by_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINE_PITCH: Final = 1.18
"""From line to line, in em."""
MAY_BREAK: Final = "\u200b"
"""A zero-width space: a word may be divided here, without a hyphen."""

_ELLIPSIS = "…"
_CAPITAL = 0.714
"""Height of a capital letter in em: capitals stand in the middle of their line."""
_BREAKS = re.compile(rf"{SOFT_HYPHEN}|{MAY_BREAK}|(?<=[^\W\d]-)(?=[^\W\d])")
"""Also a hyphen between two letters: "Führungs-Zeugnis", but never "A-017"."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What letters to set: height, weight, where lines begin, and from line to line in em."""

    em_px: int
    bold: bool
    right_to_left: bool = False
    pitch: float = LINE_PITCH


@dataclass(frozen=True, slots=True)
class Lines:
    """A broken text: how often inside a word, with a new hyphen, and where no word may break."""

    lines: tuple[str, ...]
    divided: int
    hyphenated: int
    torn: int


@dataclass(frozen=True, slots=True)
class Block:
    """A text set in lines, sizes in pixels."""

    lines: tuple[str, ...]
    bold: bool
    em_px: int
    width_px: int
    height_px: int
    hyphenated: bool = False
    torn: bool = False


@lru_cache(maxsize=2048)
def typeset(text: str, letters: Letters, width_px: int, most_lines: int | None = None) -> Block:
    """Set a text in as few lines of at most that width as it needs, and those of even length.

    What is left after `most_lines` is cut off.
    """
    broken = break_lines(text, letters, width_px)
    lines = broken.lines
    if most_lines and len(lines) > most_lines:
        lines = _cut(text, letters, width_px, most_lines)
    elif len(lines) > 1 and not broken.torn:
        broken = _evened(text, letters, width_px)
        lines = broken.lines
    return Block(
        lines=lines,
        bold=letters.bold,
        em_px=letters.em_px,
        width_px=max(shaping.width_px(letters.bold, letters.em_px, line) for line in lines),
        height_px=_pitch_px(letters) * len(lines),
        hyphenated=bool(broken.hyphenated),
        torn=bool(broken.torn),
    )


@lru_cache(maxsize=4096)
def break_lines(text: str, letters: Letters, width_px: int) -> Lines:
    """Break a text without setting it."""
    return _break(text, letters, width_px)


@lru_cache(maxsize=2048)
def break_whole(text: str, letters: Letters, width_px: int) -> Lines | None:
    """The same, or None where a word has to be torn: to place its letters takes longest."""
    broken = _break(text, letters, width_px, tearing=False)
    return None if broken.torn else broken


def height_of(text: str, letters: Letters, width_px: int) -> int:
    """The height of its block in pixels, without setting it."""
    return height_of_lines(break_lines(text, letters, width_px), letters)


def height_of_lines(broken: Lines, letters: Letters) -> int:
    """The height of a broken text in pixels."""
    return _pitch_px(letters) * len(broken.lines)


def width_of(text: str, letters: Letters) -> int:
    """Width in pixels of a text in one line."""
    return shaping.width_px(letters.bold, letters.em_px, _visible(text, letters))


def draw(block: Block, align: str) -> Image.Image:
    """The block as a mask, its lines aligned "left", "right" or "center".

    Letters may reach a little beyond their advance: the picture has a rim of `rim_px` all around.
    """
    rim = rim_px(block)
    picture = Image.new("L", (block.width_px + 2 * rim, block.height_px + 2 * rim), 0)
    pen = ImageDraw.Draw(picture)
    pitch = block.height_px // len(block.lines)
    for row, line in enumerate(block.lines):
        spare = block.width_px - shaping.width_px(block.bold, block.em_px, line)
        left = {"left": 0, "right": spare, "center": spare // 2}[align]
        baseline = rim + row * pitch + _baseline_px(block)
        at_px = float(rim + left)
        runs = shaping.set_runs(block.bold, block.em_px, line)
        for run in runs:
            pen.text(
                (at_px, baseline),
                run.text,
                fill=255,
                font=run.font,
                anchor="ls",
                direction=run.direction,
            )
            at_px += run.length_px if len(runs) > 1 else 0
    return picture


def free_of_ink_px(block: Block) -> tuple[int, int]:
    """What a block's box has above its ink and below: tails of letters may reach beyond it."""
    pitch, baseline = block.height_px // len(block.lines), _baseline_px(block)
    above_px, _ = shaping.ink_px(block.bold, block.em_px, block.lines[0])
    _, below_px = shaping.ink_px(block.bold, block.em_px, block.lines[-1])
    return baseline - above_px, pitch - baseline - below_px


def _baseline_px(block: Block) -> int:
    """Of a line, from its top: capitals stand in its middle."""
    pitch = block.height_px // len(block.lines)
    return (pitch + round(block.em_px * _CAPITAL)) // 2


def rim_px(block: Block) -> int:
    """Room for accents, tails and italics beyond a block's box."""
    return block.em_px // 4


def _evened(text: str, letters: Letters, width_px: int) -> Lines:
    """The same number of lines in the least width: no line has one short word alone."""
    best = break_lines(text, letters, width_px)
    too_narrow_px, wide_px = width_px // 3, width_px
    while wide_px - too_narrow_px > 1:
        middle_px = (wide_px + too_narrow_px) // 2
        narrower = _break(text, letters, middle_px, tearing=False)
        worse = narrower.torn or narrower.divided > best.divided
        if worse or len(narrower.lines) > len(best.lines):
            too_narrow_px = middle_px
        else:
            wide_px, best = middle_px, narrower
    return best


def _cut(text: str, letters: Letters, width_px: int, most_lines: int) -> tuple[str, ...]:
    lines = _break(text, letters, width_px).lines
    last = lines[most_lines - 1]
    while last and shaping.length_px(letters.bold, letters.em_px, last + _ELLIPSIS) > width_px:
        last = last[:-1]
    return (*lines[: most_lines - 1], last.rstrip(" -") + _ELLIPSIS)


def _break(text: str, letters: Letters, width_px: int, *, tearing: bool = True) -> Lines:
    """Fill lines word by word; a word too long for a line of its own is divided, at last torn.

    Without `tearing` it ends there, its lines unfinished.
    """

    def fits(line: str) -> bool:
        if len(line) <= 1:
            return True
        return shaping.length_px(letters.bold, letters.em_px, _visible(line, letters)) <= width_px

    done: list[str] = []
    line, divided, hyphenated, torn = "", 0, 0, 0
    for word in text.split(" "):
        if fits(f"{line} {word}" if line else word):
            line = f"{line} {word}" if line else word
            continue
        done += [line] if line else []
        line = word
        while not fits(line):
            place = next((place for place in _places(line) if fits(place[0])), None)
            if place:
                head, line, new_hyphen = place
                divided, hyphenated = divided + 1, hyphenated + new_hyphen
            elif not tearing:
                return Lines(tuple(done), divided, hyphenated, torn=1)
            else:
                head, line = _tear(line, fits, "" if letters.right_to_left else "-")
                torn += 1
            done.append(head)
    lines = tuple(_visible(one, letters) for one in isolated_by_line([*done, line]))
    return Lines(lines, divided, hyphenated, torn)


def _places(word: str) -> Iterator[tuple[str, str, bool]]:
    """Where a word may be divided, from its end: head, rest, and whether its hyphen is new."""
    for match in reversed([*_BREAKS.finditer(word)]):
        head, rest = without_soft_hyphens(word[: match.start()]), word[match.end() :]
        if head and match[0] == SOFT_HYPHEN:
            yield head.removesuffix("-") + "-", rest, True
        elif head:
            yield head, rest, False


def _tear(word: str, fits: Callable[[str], bool], hyphen: str) -> tuple[str, str]:
    """As many letters as fit, found by halving; at least one, and never all of them."""
    if MAY_BREAK in word:
        hyphen = ""
    letters, too_many = 1, len(word)
    while too_many - letters > 1:
        middle = (letters + too_many) // 2
        if fits(word[:middle] + hyphen):
            letters = middle
        else:
            too_many = middle
    return word[:letters] + hyphen, word[letters:]


def _visible(line: str, letters: Letters) -> str:
    mark = shaping.RIGHT_TO_LEFT_MARK if letters.right_to_left else ""
    return mark + without_soft_hyphens(line).replace(MAY_BREAK, "")


def _pitch_px(letters: Letters) -> int:
    return round(letters.em_px * letters.pitch)
