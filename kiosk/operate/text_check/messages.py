"""Checks of one PO file against the German texts: keys, placeholders, plural forms, letters."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from string import Formatter
from typing import TYPE_CHECKING

from babel import Locale

from kiosk.domain.ids import GERMAN
from kiosk.domain.soft_hyphen import SOFT_HYPHEN, without_soft_hyphens
from kiosk.drawing.fonts import letters_missing
from kiosk.operate.text_check.leichte_sprache import PLAIN_LANGUAGE, hard_to_read
from kiosk.operate.text_check.room import label_faults, room_faults
from kiosk.settings.texts.compounds import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kiosk.settings.texts.po_file import PoFile, PoMessage

DIRECTIONS = ("ltr", "rtl")
_SAMPLE = "A-017"
_MOST_COUNTED = 220
"""Every rule of CLDR for whole numbers repeats within two hundred, but for millions."""
_SIGNED = re.compile(r"\S.*, [0-9]{4}-[01][0-9]-[0-3][0-9]")


@dataclass(frozen=True, slots=True)
class TextFault:
    """What is wrong with a text, and what to do. Line 0: the file as a whole."""

    file: str
    line: int
    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(filter(None, (place, self.key, f"{self.what}; {self.remedy}")))


def catalog_faults(
    file: PoFile, german: Mapping[tuple[str, str], PoMessage]
) -> Iterator[TextFault]:
    """Everything that is wrong in a file."""
    translated = {(each.context, each.key) for each in file.messages if any(each.forms)}
    for context, key in sorted(german.keys() - translated):
        yield TextFault(str(file.path), 0, key, "is missing", _how_to_add(context, key))
    for what, remedy in _header_faults(file):
        yield TextFault(str(file.path), 1, "", what, remedy)
    keys = Counter((each.context, each.key) for each in file.messages)
    right_to_left = file.right_to_left
    for message in file.messages:
        if keys[message.context, message.key] > 1:
            found = [("is there twice", "delete one")]
        elif any(message.forms):
            found = [*_message_faults(message, german, file.path.stem, right_to_left=right_to_left)]
        else:
            found = []
        for what, remedy in found:
            yield TextFault(str(file.path), message.line, message.key, what, remedy)


def _how_to_add(context: str, key: str) -> str:
    return f'add msgctxt "{context}", msgid "{key}"' if context else f'add msgid "{key}"'


def _header_faults(file: PoFile) -> Iterator[tuple[str, str]]:
    language = file.path.stem
    if file.reader and not _SIGNED.fullmatch(file.reader):
        yield f'X-Read-By "{file.reader}" is no name and date', 'write "Name, 2027-01-31"'
    try:
        count, plural = file.plural_forms
    except ValueError as error:
        yield str(error), f"copy them from {GERMAN}.po and change them"
        return
    wanted = _cldr_forms(language)
    if wanted and wanted != _partition(plural):
        forms = len(set(wanted))
        what = f"Plural-Forms tell {count} forms apart, otherwise than the language does"
        yield what, f"Unicode's CLDR has {forms} for whole numbers"


def _cldr_forms(language: str) -> list[int]:
    """Which counts go together, by Unicode's CLDR; empty for a language that it lacks."""
    try:
        return _partition(Locale.parse(language.partition("-")[0]).plural_form)
    except (LookupError, ValueError):
        return []


def _partition(rule: Callable[[int], object]) -> list[int]:
    """For each count the first one that takes the same form: whatever the forms are called."""
    first: dict[object, int] = {}
    return [first.setdefault(rule(count), count) for count in range(_MOST_COUNTED)]


def _message_faults(
    message: PoMessage,
    german: Mapping[tuple[str, str], PoMessage],
    language: str,
    *,
    right_to_left: bool,
) -> Iterator[tuple[str, str]]:
    original = german.get((message.context, message.key))
    if original is None:
        yield f"is no text of {GERMAN}", "delete it, or mend its msgid"
        return
    yield from _placeholder_faults(message, original)
    for text in message.forms:
        shown = re.sub(r"\{\w*\}", _SAMPLE, text)
        if missing := letters_missing(shown):
            yield f"no font has {' '.join(sorted(missing))}", "write it with other letters"
        if message.context == "label":
            yield from label_faults(text)
        else:
            key = "" if message.context else message.key
            yield from room_faults(key, text, right_to_left=right_to_left)
        if language.startswith(GERMAN):
            yield from joint_faults(text)
        if language.endswith(PLAIN_LANGUAGE):
            yield from hard_to_read(shown)
    if message.key == "direction" and message.forms[0] not in DIRECTIONS:
        yield f"must be {' or '.join(DIRECTIONS)}", f"write {DIRECTIONS[0]}"


def joint_faults(text: str) -> Iterator[tuple[str, str]]:
    """German words with a soft hyphen that is at no joint of a compound."""
    for word in filter(lambda each: SOFT_HYPHEN in each, re.split(r"[^\w\u00ad]+", text)):
        known = SOFT_HYPHEN.join(parts_of(without_soft_hyphens(word)))
        if not set(_places(word)) <= set(_places(known)):
            shown = word.replace(SOFT_HYPHEN, "-")
            remedy = "divide it between its parts, and add them to compound_parts.txt"
            yield f'"{shown}" is divided at no joint that is known', remedy


def _places(word: str) -> Iterator[int]:
    """How many letters stand before each soft hyphen."""
    return accumulate(map(len, word.split(SOFT_HYPHEN)[:-1]))


def _placeholder_faults(message: PoMessage, german: PoMessage) -> Iterator[tuple[str, str]]:
    """How a text differs from the German one in what the program puts into it."""
    if message.has_plural != german.has_plural:
        yield "has plural forms in one language only", f"write it as in {GERMAN}.po"
    try:
        wanted = _placeholders(german.forms[-1])
        given = [_placeholders(form) for form in message.forms]
    except ValueError as error:
        yield f"has a broken placeholder: {error}", "write it in one pair of braces"
        return
    # "one person" may do without its {count}: only the last form has them all
    if given[-1] != wanted or not all(names <= wanted for names in given):
        names = " ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
        yield f"must have the placeholders {sorted(wanted)}", f"write {names}, letter for letter"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
