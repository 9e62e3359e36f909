"""Reader of gettext's PO format: messages with context, plural forms and their lines, and headers.

Each door and each command reads the texts when it starts. Babel's reader takes ten times as long,
most of it for what translators' tools need; a test holds that both understand the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import c2py
from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_STATEMENT = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?) *)?"(.*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL_FORMS = re.compile(r"nplurals *= *([0-9]+) *; *plural *=([^;]+)")
_GERMANIC = "n != 1"


class TextFileBroken(KioskError):
    """A .po file that cannot be read."""

    def __init__(self, path: Path, reason: object) -> None:
        self.path = path
        super().__init__(f"{path}: cannot be read as texts: {reason}.")


@dataclass(frozen=True, slots=True)
class PoMessage:
    """A text by key and context: one form, or the plural forms. Empty where not translated."""

    key: str
    context: str
    forms: tuple[str, ...]
    has_plural: bool
    line: int


@dataclass(frozen=True, eq=False, slots=True)
class PoFile:
    """The messages of a language in the order of the file; what is marked as fuzzy is left out."""

    path: Path
    headers: Mapping[str, str]
    messages: tuple[PoMessage, ...]

    @property
    def reader(self) -> str:
        """Who grew up with the language and read it all, and when; empty for a draft."""
        return self.headers.get("X-Read-By", "")

    @property
    def right_to_left(self) -> bool:
        return any(each.key == "direction" and "rtl" in each.forms for each in self.messages)

    @property
    def plural_forms(self) -> tuple[int, Callable[[int], int]]:
        """How many plural forms there are, and which one a count takes. Raises `ValueError`."""
        header = self.headers.get("Plural-Forms", f"nplurals=2; plural={_GERMANIC}")
        found = _PLURAL_FORMS.match(header)
        if not found:
            raise ValueError("Plural-Forms are not understood")
        return int(found[1]), c2py(found[2])


@dataclass(slots=True)
class _Entry:
    """A message that is being read: the strings of each statement, by its keyword."""

    line: int
    fuzzy: bool
    statements: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def text(self, keyword: str) -> str:
        return "".join(self.statements.get(keyword, ()))


def read_po_file(path: Path) -> PoFile:
    """Read a file, once for each of its versions. Raises `TextFileBroken`."""
    try:
        version = path.stat().st_mtime_ns
    except OSError as error:
        raise TextFileBroken(path, error) from error
    return _read(path, version)


@lru_cache(maxsize=128)
def _read(path: Path, _version: int) -> PoFile:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise TextFileBroken(path, error) from error
    headers: dict[str, str] = {}
    messages = []
    for entry in _entries(path, lines):
        key = entry.text("msgid")
        if not key:
            headers = _headers(entry.text("msgstr"))
        elif not entry.fuzzy:
            messages.append(_message(key, entry))
    return PoFile(path, headers, tuple(messages))


def _entries(path: Path, lines: list[str]) -> Iterator[_Entry]:
    """Statements put together: an entry begins with a comment, msgctxt or msgid."""
    entry, keyword, fuzzy = None, "", False
    for number, line in enumerate(lines, start=1):
        if line.startswith("#") or not line:
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        statement = _STATEMENT.fullmatch(line)
        if not statement or not (statement[1] or keyword):
            raise TextFileBroken(path, f"line {number} is not understood")
        if statement[1] == "msgctxt" or (statement[1] == "msgid" and keyword != "msgctxt"):
            if entry:
                yield entry
            entry, fuzzy = _Entry(number, fuzzy), False
        keyword = statement[1] or keyword
        if entry is None:
            raise TextFileBroken(path, f"line {number} is not understood")
        entry.statements[keyword].append(_unescaped(statement[2]))
    if entry:
        yield entry


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)


def _headers(text: str) -> dict[str, str]:
    parts = (line.partition(":") for line in text.splitlines())
    return {name.strip(): value.strip() for name, _, value in parts}


def _message(key: str, entry: _Entry) -> PoMessage:
    has_plural = "msgid_plural" in entry.statements
    numbered = sorted(keyword for keyword in entry.statements if keyword.startswith("msgstr["))
    forms = [entry.text(keyword) for keyword in (numbered if has_plural else ["msgstr"])]
    return PoMessage(key, entry.text("msgctxt"), tuple(forms), has_plural, entry.line)
