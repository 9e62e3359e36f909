"""Text of a call for displays with few characters."""

from __future__ import annotations

import re

from hardware.call_display.port import LETTERS

_SHOWABLE = re.compile(r"[^A-Za-z0-9 ./()+-]")


def plain(text: str) -> str:
    """Letters, digits and a few signs: nothing that a display could take for a command."""
    return _SHOWABLE.sub("", text)


def in_digits(number: str, desk: str, digits: int, *, letter: bool) -> str:
    """`17 3` for A-017 at desk 3, or `A17 3`: right-aligned, the desk only where it fits."""
    running = str(int(_digits(number) or 0))
    if letter and number[:1] in LETTERS and len(running) < digits:
        running = number[:1] + running
    place = _digits(desk)
    if not place or len(running) + 1 + len(place) > digits:
        return running.rjust(digits)[-digits:]
    return running.rjust(digits - len(place) - 1) + " " + place


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, plain(text)))
