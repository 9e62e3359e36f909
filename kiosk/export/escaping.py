"""Escaping of file names (slugs) and of cells (no spreadsheet formula)."""

from __future__ import annotations

import re
import unicodedata

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LONGEST = 40
# How a spreadsheet recognises a formula; a tab or line break may hide one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def slugify(text: str) -> str:
    """A text as part of a file name: `Stadt Köln` becomes `stadt-koeln`."""
    spelled = unicodedata.normalize("NFC", text).lower().translate(_SPELLED_OUT)
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", ascii_only)
    return "-".join(parts)[:_LONGEST].strip("-") or "unnamed"


def escape_formula(text: str) -> str:
    """A text as a cell; an apostrophe keeps a spreadsheet from computing it."""
    return f"'{text}" if text.startswith(_FORMULA) else text
