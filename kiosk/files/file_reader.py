"""Reads an imported file: picks the reader by its ending, and decodes whatever encoding it has."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

from kiosk.files.faults import FaultCollector, ImportErrors, ImportFault
from kiosk.files.sentences import NOTHING, SAVE_AS_UTF8, THIS_ALONE, Sentence, verbatim

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

LARGEST_BYTES = 2_000_000
"""Ten times the calendar of a bus that goes out every day."""

_Collector = TypeVar("_Collector", bound="FaultCollector")

_NO_FORM: Final = Sentence("is neither {endings}", "ist weder {endings}")
_ONE_OF_BOTH: Final = Sentence(
    "save it in one of these two forms", "speichern Sie sie in einer dieser beiden Formen"
)
_TOO_LARGE: Final = Sentence("is larger than {mb} MB", "ist größer als {mb} MB")
_NO_TEXT: Final = Sentence("is no text", "ist kein Text")
_SAVE_AS_TEXT: Final = Sentence(
    "save it as CSV or iCalendar; a workbook (.xlsx) cannot be read",
    "speichern Sie sie als CSV oder iCalendar; eine Arbeitsmappe (.xlsx) ist nicht lesbar",
)
_MIXED_LETTERS: Final = Sentence(
    "its letters are written in two ways (UTF-8 and Windows), so some would be wrong",
    "Umlaute sind auf zwei Arten geschrieben (UTF-8 und Windows), einige wären falsch",
)
_OLD_LETTERS: Final = Sentence(
    "its umlauts are those of DOS or an old Mac, so they would be wrong",
    "die Umlaute sind die von MS-DOS oder Macintosh und wären falsch",
)

_FOLD: Final = re.compile(rb"\n[ \t]")
_SPACES: Final = re.compile(r"[^\S\n\t]|[\x0b\x0c\x1c-\x1f]")
_INVISIBLE: Final = re.compile(
    "[\x01-\x08\x0e-\x1b\x7f-\x9f"  # controls, which Outlook and Excel leave in cells
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # what turns the order of letters
    "\u200b\u2060\ufeff]"
)
_OLD_UMLAUT: Final = re.compile(r"[^\W\d_][„”Ÿ\x81Š][^\W\d_A-Z]")
"""ä, ö and ü of DOS, ü and ä of a Mac, read as letters of Windows: no word has these within."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """An imported file: its name and its bytes."""

    path: Path
    content: bytes


def load_file(path: Path) -> ImportFile:
    """Read from disk, no more than may be imported. Raises `ImportErrors`."""
    try:
        with path.open("rb") as stream:
            return ImportFile(path, stream.read(LARGEST_BYTES + 1))
    except OSError as error:
        _refuse(path, verbatim((error.strerror or "cannot be read").lower()))


def read_file(
    file: ImportFile,
    readers: Mapping[str, Callable[[bytes, _Collector], None]],
    collector: _Collector,
) -> None:
    """Read a file into the collector. Raises `ImportErrors` with all that is wrong in it."""
    reader = readers.get(file.path.suffix.lower())
    if reader is None:
        endings = Sentence(" nor ".join(readers), " noch ".join(readers))
        _refuse(file.path, _NO_FORM.of(endings=endings), _ONE_OF_BOTH)
    if len(file.content) > LARGEST_BYTES:
        _refuse(file.path, _TOO_LARGE.of(mb=LARGEST_BYTES // 1_000_000), THIS_ALONE)
    reader(file.content, collector)
    if collector.found:
        raise ImportErrors(str(file.path), collector.found)


def table_text(raw: bytes, faults: FaultCollector) -> str:
    """The text of a table with plain line ends; empty where it is none."""
    plain = _plain_line_ends(raw)
    return _decoded(plain, range(1, plain.count(b"\n") + 2), faults)


def content_lines(raw: bytes, faults: FaultCollector) -> list[tuple[int, str]]:
    """The content lines of a calendar, each with the number of the line in which it begins.

    A program may fold a line within a letter, so lines are joined before letters are read
    (RFC 5545, 3.1).
    """
    plain = _plain_line_ends(raw)
    folds = [line.count(b"\r") for line in _FOLD.sub(b"\r", plain).split(b"\n")]
    numbers = list(accumulate((1 + count for count in folds[:-1]), initial=1))
    text = _decoded(_FOLD.sub(b"", plain), numbers, faults)
    return list(zip(numbers, text.split("\n"), strict=False))


def _plain_line_ends(raw: bytes) -> bytes:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeDecodeError):
            raw = raw.decode("utf-16").encode()
    raw = raw.removeprefix(codecs.BOM_UTF8)
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _decoded(raw: bytes, numbers: Sequence[int], faults: FaultCollector) -> str:
    """UTF-8, or else Windows' own letters; every kind of space is a plain one."""
    if b"\0" in raw:
        faults.add_fault(0, _NO_TEXT, _SAVE_AS_TEXT)
        return ""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = _of_windows(raw, numbers, faults)
    return _INVISIBLE.sub("", _SPACES.sub(" ", text))


def _of_windows(raw: bytes, numbers: Sequence[int], faults: FaultCollector) -> str:
    """What cannot be all of UTF-8. Where a part can, another program has mixed the two."""
    for number, line in zip(numbers, raw.split(b"\n"), strict=True):
        text = line.decode("cp1252", errors="replace")
        if "\ufffd" in text or _OLD_UMLAUT.search(text):
            faults.add_fault(number, _OLD_LETTERS, SAVE_AS_UTF8)
            return ""
        if not line.isascii() and _is_utf8(line):
            faults.add_fault(number, _MIXED_LETTERS, SAVE_AS_UTF8)
            return ""
    return raw.decode("cp1252")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _refuse(file: Path, what: Sentence, remedy: Sentence = NOTHING) -> NoReturn:
    raise ImportErrors(str(file), [ImportFault(0, what, remedy)])
