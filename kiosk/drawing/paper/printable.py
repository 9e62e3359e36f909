"""Removes from texts what a printer could obey: control characters, and those without a glyph."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from typing import Any, ClassVar, Protocol

_ALLOWED = "\u00ad\u200c\u200d"
"""Soft hyphens, and the zero-width characters that Persian and Kurdish spelling needs."""
_LONGEST_CHARS = 200


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


def printable(text: str, longest_chars: int = _LONGEST_CHARS) -> str:
    """The text on one line without control, formatting and unassigned characters."""
    allowed = "".join(c for c in text if c in _ALLOWED or c.isspace() or _is_seen(c))
    return " ".join(allowed.split())[:longest_chars].rstrip()


def make_printable(slip: _Dataclass, but: str = "") -> None:
    """Replace the texts of a frozen dataclass, while it is made."""
    for field in fields(slip):
        value = getattr(slip, field.name)
        if isinstance(value, str) and field.name != but:
            object.__setattr__(slip, field.name, printable(value))


def _is_seen(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")
