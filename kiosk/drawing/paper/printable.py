"""Texts without anything that a printer could obey."""

from __future__ import annotations

import unicodedata

_ALLOWED = "\u00ad\u200c\u200d"
"""Soft hyphens, and the zero-width characters that Persian and Kurdish spelling needs."""
_LONGEST_CHARS = 200


def printable(text: str, longest_chars: int = _LONGEST_CHARS) -> str:
    """The text on one line without control, formatting and unassigned characters."""
    allowed = "".join(c for c in text if c in _ALLOWED or c.isspace() or _is_seen(c))
    return " ".join(allowed.split())[:longest_chars].rstrip()


def _is_seen(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")
