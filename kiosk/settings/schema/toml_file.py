"""TOML reader: bounds the size, and says where encoding or syntax are wrong."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from kiosk.settings.schema.faults import FileFault, TomlFaultCollector

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 200_000
_STRAIGHT_QUOTES = 'a text stands in straight quotes, such as "Bus 3"'


class NotToml(Exception):
    """The file is no TOML; `fault` is the reason."""

    def __init__(self, fault: FileFault) -> None:
        self.fault = fault
        super().__init__(fault.what)


def parse_toml(text: str, whole: str) -> TomlFaultCollector:
    """The content of such a text, without faults so far. Raises `NotToml`."""
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotToml(_syntax_problem(str(error), text)) from error
    return TomlFaultCollector(content, text, whole)


def read_toml_text(file: Path) -> str:
    """The text of a file, of a bounded size. Raises `NotToml`, `FileNotFoundError`."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise NotToml(FileFault(0, (error.strerror or "cannot be read").lower())) from error
    if len(raw) > LARGEST_BYTES:
        raise NotToml(FileFault(0, f"is larger than {LARGEST_BYTES} bytes"))
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fault = FileFault(line, "a letter is not in UTF-8", "save the file as UTF-8")
        raise NotToml(fault) from error


def _syntax_problem(message: str, text: str) -> FileFault:
    """The place, which tomllib has only inside its sentence."""
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    what = message[: place.start()] if place else message
    line, column = place.groups() if place else (None, None)
    where = f", at column {column}" if column else ""
    remedy = _STRAIGHT_QUOTES if what == "Invalid value" else ""
    return FileFault(int(line or text.count("\n") + 1), f"this is no TOML: {what}{where}", remedy)
