"""Validation of the texts: every language against German, one line for each fault."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter
from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.drawing.fonts import letters_missing
from kiosk.settings.texts import FOLDER, available_languages, read_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from babel.messages.catalog import Message


DIRECTIONS = ("ltr", "rtl")
PLAIN_LANGUAGE = "-x-ls"
LONGEST_SENTENCE_WORDS = 15
LONGEST_WORD_LETTERS = 14
"""Usual practice in Leichte Sprache, after DIN SPEC 33429. Only its readers can tell the rest."""
_SAMPLE = "A-017"
_KEY = re.compile(r'^msgid "(.+)"$', re.MULTILINE)


def text_faults(folder: Path = FOLDER) -> list[str]:
    """`file:line: key: what is wrong`, over all languages. Raises `TextFileBroken`."""
    german = _messages(folder / f"{GERMAN}.po")
    return [
        f"{path.name}{fault}"
        for path in (folder / f"{language}.po" for language in available_languages(folder))
        for fault in (*_faults_of_file(path, german), *_faults_of_messages(path, german))
    ]


def _messages(path: Path) -> dict[str, Message]:
    """Each text that is translated, by its key; what is marked as fuzzy is not."""
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in read_catalog(path)
        if message.id and any(_forms(message)) and not message.fuzzy
    }


def _forms(message: Message) -> tuple[str, ...]:
    """A text, or its plural forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _faults_of_file(path: Path, german: Mapping[str, Message]) -> Iterator[str]:
    for key in german.keys() - _messages(path).keys():
        yield f": {key}: is missing"
    content = path.read_text(encoding="utf-8")
    for key, times in Counter(_KEY.findall(content)).items():
        if times > 1:
            yield f": {key}: is there {times} times"
    for number, line in enumerate(content.splitlines(), start=1):
        if line and not line.startswith("#") and not line.endswith('"'):
            yield f":{number}: the quotation mark at the end is missing"


def _faults_of_messages(path: Path, german: Mapping[str, Message]) -> Iterator[str]:
    plurals = read_catalog(path).num_plurals
    for key, message in _messages(path).items():
        place = f":{message.lineno}: {key}"
        if key not in german:
            yield f"{place}: is no key of {GERMAN}.po"
            continue
        yield from (
            f"{place}: {fault}" for fault in _placeholder_faults(message, german[key], plurals)
        )
        for text in _forms(message):
            yield from (f"{place}: {fault}" for fault in _legibility_faults(text, path.stem))
        if key == "direction" and message.string not in DIRECTIONS:
            yield f"{place}: must be {' or '.join(DIRECTIONS)}"


def _placeholder_faults(message: Message, german: Message, plurals: int) -> Iterator[str]:
    """How a text differs from the German one in what the program puts into it."""
    if message.pluralizable != german.pluralizable:
        yield "has plural forms in one language only"
    elif message.pluralizable and len(list(filter(None, _forms(message)))) != plurals:
        yield f"needs {plurals} plural forms"
    try:
        wanted = _placeholders(_forms(german)[-1])
        given = [_placeholders(form) for form in _forms(message)]
    except ValueError as error:
        yield f"has a broken placeholder: {error}"
        return
    # "one person" may do without its {count}: only the last form has them all
    if given[-1] != wanted or not all(names <= wanted for names in given):
        yield f"must have the placeholders {sorted(wanted)}"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _legibility_faults(text: str, language: str) -> Iterator[str]:
    shown = re.sub(r"\{\w*\}", _SAMPLE, text)
    if missing := letters_missing(shown):
        yield f"no font has {' '.join(sorted(missing))}"
    if language.endswith(PLAIN_LANGUAGE):
        yield from hard_to_read(shown)


def hard_to_read(text: str) -> list[str]:
    """What makes a text in Leichte Sprache hard to read, one clause each."""
    sentences = [sentence.split() for sentence in re.split(r"[.!?]", text)]
    words = re.findall(r"\w+", without_soft_hyphens(text))
    return [
        *(
            f"a sentence has {len(sentence)} words, more than {LONGEST_SENTENCE_WORDS}"
            for sentence in sentences
            if len(sentence) > LONGEST_SENTENCE_WORDS
        ),
        *(
            f'"{word}" has more than {LONGEST_WORD_LETTERS} letters: divide it with a hyphen'
            for word in words
            if len(word) > LONGEST_WORD_LETTERS
        ),
    ]
