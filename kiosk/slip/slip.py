"""What stands on a slip, in the citizen's language and without anything a printer could obey."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields

_KEPT = "\u00ad\u200c\u200d"
"""Soft hyphens, and the zero-width characters that Persian and Kurdish spelling needs."""
_LONGEST_CHARS = 200


@dataclass(frozen=True, slots=True)
class Slip:
    """The lines of a slip from top to bottom; an empty one is left out.

    `heading` stands above the number, `mark` says what is no first slip of a ticket (a copy, a
    test), and `right_to_left` is the direction of all texts but place, date and number.
    """

    place: str
    date: str
    heading: str
    number: str
    topic: str
    ahead: str
    hint: str
    mark: str = ""
    right_to_left: bool = False

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, printable(value))


def printable(text: str) -> str:
    """The text on one line without control, formatting and unassigned characters."""
    kept = "".join(c for c in text if c in _KEPT or c.isspace() or _is_seen(c))
    return " ".join(kept.split())[:_LONGEST_CHARS].rstrip()


def _is_seen(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")
