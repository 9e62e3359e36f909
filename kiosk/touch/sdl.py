"""Sleeping until the window has something to tell.

Kivy's own loop looks 60 times a second whether anything happened, which costs 1.5 % of a core at
rest. SDL can wait instead, but Kivy does not hand that on.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path


def wait(timeout_s: float) -> bool:
    """Sleep until an event is there or the time is over; says whether one is."""
    return bool(_library().SDL_WaitEventTimeout(None, int(timeout_s * 1000)))


@cache
def _library() -> ctypes.CDLL:
    """The SDL that Kivy has loaded, wherever it came from."""
    maps = Path("/proc/self/maps").read_text()
    paths = (line.split(maxsplit=5)[-1] for line in maps.splitlines() if "libSDL2-2" in line)
    return ctypes.CDLL(next(paths))
