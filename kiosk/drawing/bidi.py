"""Bidirectional order of a line (Unicode's UAX 9), by FriBidi, which Pillow's raqm uses as well."""

from __future__ import annotations

import ctypes
from functools import cache, lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ISOLATE: Final = "\N{FIRST STRONG ISOLATE}"
END_OF_ISOLATE: Final = "\N{POP DIRECTIONAL ISOLATE}"

_LIBRARY: Final = "libfribidi.so.0"
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = 0x110, 0x111
"""FriBidi's types of a paragraph."""


def isolated(name: str) -> str:
    """A name within a sentence, in its own direction, with the signs at its ends."""
    return f"{ISOLATE}{name}{END_OF_ISOLATE}"


def without_isolates(text: str) -> str:
    """The text as it is read aloud and compared."""
    return text.replace(ISOLATE, "").replace(END_OF_ISOLATE, "")


def isolated_by_line(lines: Sequence[str]) -> Iterator[str]:
    """Lines of one text, each with its own isolates: one that goes on in the next begins anew."""
    depth = 0
    for line in lines:
        whole = ISOLATE * depth + line
        depth = whole.count(ISOLATE) - whole.count(END_OF_ISOLATE)
        yield whole + END_OF_ISOLATE * depth


@lru_cache(maxsize=1024)
def embedding_levels(line: str, *, right_to_left: bool) -> tuple[int, ...]:
    """The level of each letter: even ones are read from the left, odd ones from the right.

    Without FriBidi all letters have that of the line: then nothing is joined either, and the doctor
    says so.
    """
    library = _fribidi()
    base = int(right_to_left)
    if library is None:
        return (base,) * len(line)
    letters = (ctypes.c_uint32 * len(line))(*map(ord, line))
    levels = (ctypes.c_int8 * len(line))()
    paragraph = ctypes.c_uint32(_RIGHT_TO_LEFT if right_to_left else _LEFT_TO_RIGHT)
    library.fribidi_log2vis(letters, len(line), ctypes.byref(paragraph), None, None, None, levels)
    return tuple(levels)


def visual_order(levels: list[int]) -> list[int]:
    """The positions of runs with these levels as they stand from left to right (rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        parts = groupby(order, partial(_is_deep, levels, level))
        order = [at for is_deep, part in parts for at in ([*part][::-1] if is_deep else part)]
    return order


def _is_deep(levels: list[int], least: int, at: int) -> bool:
    return levels[at] >= least


@cache
def _fribidi() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(_LIBRARY)
    except OSError:
        return None
