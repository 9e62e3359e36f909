"""Reads an imported file: picks the reader by its ending, and decodes whatever encoding it has."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, NoReturn, TypeVar

from kiosk.settings.schema.faults import FileErrors, FileFault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kiosk.files.faults import FaultCollector

LARGEST_BYTES = 2_000_000
"""Ten times the calendar of a bus that goes out every day."""

_Collector = TypeVar("_Collector", bound="FaultCollector")


def read_file(
    file: Path, readers: Mapping[str, Callable[[str, _Collector], None]], collector: _Collector
) -> None:
    """Read a file into the collector. Raises `FileErrors` with all that is wrong in it."""
    reader = readers.get(file.suffix.lower())
    if reader is None:
        _refuse(file, f"is neither {' nor '.join(readers)}", "save it in one of these two forms")
    reader(decode_file(file), collector)
    if collector.found:
        raise FileErrors(str(file), collector.found)


def decode_file(file: Path) -> str:
    """The text with plain line ends. Raises `FileErrors` for what is no text or too long."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        _refuse(file, (error.strerror or "cannot be read").lower())
    if len(raw) > LARGEST_BYTES:
        what = f"is larger than {LARGEST_BYTES // 1_000_000} MB"
        _refuse(file, what, "export this one calendar or table alone")
    text = _decoded(raw)
    if text is None or "\0" in text:
        what = "is no text"
        _refuse(file, what, "save it as CSV or iCalendar; a workbook (.xlsx) cannot be read")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse(file: Path, what: str, suggestion: str = "") -> NoReturn:
    raise FileErrors(str(file), [FileFault(0, what, suggestion)])


def _decoded(raw: bytes) -> str | None:
    """UTF-8 with or without a mark; UTF-16 as "Unicode Text"; else Windows' own letters."""
    try:
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return raw.decode("utf-16")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None if b"\0" in raw else raw.decode("cp1252", errors="replace")
