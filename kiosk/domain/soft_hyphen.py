"""Soft hyphens let a narrow screen or paper break a long word; nothing else has use for them."""

from __future__ import annotations

from typing import Final

SOFT_HYPHEN: Final = "\u00ad"


def without_soft_hyphens(text: str) -> str:
    """The text as it is compared, counted, read aloud or put into a table."""
    return text.replace(SOFT_HYPHEN, "")
