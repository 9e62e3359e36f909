"""Escaping of file names (slugs) and of cells (no spreadsheet formula)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LONGEST = 40

_BEGINS_FORMULA: Final = frozenset("=+-@")
_SEPARATORS: Final = frozenset(",;|")
_BREAKS: Final = frozenset(("Cc", "Zl", "Zp"))
_BLANKS: Final = frozenset(("Cf", "Zs"))


def slugify(text: str) -> str:
    """A text as part of a file name: `Stadt Köln` becomes `stadt-koeln`."""
    spelled = unicodedata.normalize("NFC", text).lower().translate(_SPELLED_OUT)
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", ascii_only)
    return "-".join(parts)[:_LONGEST].strip("-") or "unnamed"


def escape_formula(text: str) -> str:
    """A text as a cell in one line: an apostrophe keeps a spreadsheet from computing it.

    Also behind a separator, for a file with commas is opened as one with semicolons; behind blanks
    and quotes, which an import drops; and before the wide signs of East Asian keyboards. Escaping
    twice is escaping once.
    """
    escaped: list[str] = []
    at_start = True
    for character in text:
        category = unicodedata.category(character)
        if at_start and _begins_formula(character):
            escaped.append("'")
        escaped.append(" " if category in _BREAKS else character)
        dropped = character == '"' or category in _BLANKS
        at_start = character in _SEPARATORS or category in _BREAKS or (at_start and dropped)
    return "".join(escaped)


def _begins_formula(character: str) -> bool:
    return unicodedata.normalize("NFKC", character)[:1] in _BEGINS_FORMULA
