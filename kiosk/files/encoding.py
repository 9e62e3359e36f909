"""From the bytes of a file to text, whatever program has saved it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from kiosk.files.faults import refuse

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 2_000_000
"""Ten times the calendar of a bus that goes out every day."""


def text_of(file: Path) -> str:
    """The text with plain line ends. Raises `TimetableErrors` for what is no text or too long."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        refuse(file, (error.strerror or "cannot be read").lower())
    if len(raw) > LARGEST_BYTES:
        what = f"is larger than {LARGEST_BYTES // 1_000_000} MB"
        refuse(file, what, "export this one calendar or table alone")
    text = _decoded(raw)
    if text is None or "\0" in text:
        refuse(file, "is no text", "save it as CSV or iCalendar; a workbook (.xlsx) cannot be read")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes) -> str | None:
    """UTF-8 with or without a mark; UTF-16 as "Unicode Text"; else Windows' own letters."""
    try:
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return raw.decode("utf-16")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None if b"\0" in raw else raw.decode("cp1252", errors="replace")
