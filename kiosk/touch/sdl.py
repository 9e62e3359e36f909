"""The window's event wait: sleeping in SDL, and waking it from another thread.

Kivy's own loop looks 60 times a second whether anything happened, which costs 1.5 % of a core at
rest. SDL can wait instead, but Kivy does not hand that on.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path

_EVENT_BYTES = 128
"""More than any SDL_Event; it begins with its type."""

_FIRST_EVENT, _LAST_EVENT = 0, 0xFFFF


def wait(timeout_s: float) -> bool:
    """Sleep until an event is there, the time is over or `wake` is called; says whether one is."""
    library = _library()
    library.SDL_WaitEventTimeout(None, max(0, int(timeout_s * 1000)))
    library.SDL_FlushEvent(_wake_event())
    return bool(library.SDL_HasEvents(_FIRST_EVENT, _LAST_EVENT))


def wake() -> None:
    """End the wait under way, or else the next one; from any thread."""
    event = ctypes.create_string_buffer(_EVENT_BYTES)
    ctypes.c_uint32.from_buffer(event).value = _wake_event()
    _library().SDL_PushEvent(event)


@cache
def _wake_event() -> int:
    """A type of event that SDL keeps for us."""
    return int(_library().SDL_RegisterEvents(1))


@cache
def _library() -> ctypes.CDLL:
    """The SDL that Kivy has loaded, wherever it came from."""
    maps = Path("/proc/self/maps").read_text()
    paths = (line.split(maxsplit=5)[-1] for line in maps.splitlines() if "libSDL2-2" in line)
    return ctypes.CDLL(next(paths))
