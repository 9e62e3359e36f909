"""Bidirectional order of a line (Unicode's UAX 9), by FriBidi, which Pillow's raqm uses as well."""

from __future__ import annotations

import ctypes
from functools import cache, lru_cache, partial
from itertools import groupby
from typing import Final

_LIBRARY: Final = "libfribidi.so.0"
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = 0x110, 0x111
"""FriBidi's types of a paragraph."""


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
