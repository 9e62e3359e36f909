"""Validation of a profile's languages, and of the texts in each of them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.settings.profiles.rules import entries
from kiosk.settings.profiles.translations import TRANSLATED
from kiosk.settings.schema.faults import TomlFaultCollector, suggest_closest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.lines import KeyPath

LONGEST_LABEL = 36
"""Letters on one button: two lines of 50 px text on half of a 1280 px screen."""

LONGEST_TEXT = 80
LONGER_TEXTS = {"about": 160, "address": 160, "website": 160, "bring": 110, "text": 80}
"""Letters in sentences and addresses; what to bring is read on a glass of 7 inches, too."""

_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Unicode's marks that turn a line round. Joiners and soft hyphens stay: Persian needs some."""


def check_labels(profile: TomlTable, known: Collection[str], faults: TomlFaultCollector) -> None:
    """Each text in each language offered, each language `known`: one that has texts."""
    offered = [language for language in profile.get("languages", ()) if language]
    _check_languages(profile, offered, known, faults)
    for kind, key in TRANSLATED:
        for at, texts in entries(profile, kind, key):
            check_label(texts, (kind, at, key), offered, known, faults)


def check_label(
    texts: Mapping[str, str | None],
    path: KeyPath,
    offered: Collection[str],
    known: Collection[str],
    faults: TomlFaultCollector,
) -> None:
    """One text in each language offered."""
    for language in offered:
        if language in known and language not in texts:
            remedy = f'add {language} = "...", or its German text to texts/{language}.po'
            faults.add(path, f'"{language}" is missing', remedy)
    _check_texts(texts, path, known, faults)


def _check_languages(
    profile: TomlTable, offered: list[str], known: Collection[str], faults: TomlFaultCollector
) -> None:
    for language in offered:
        if language not in known:
            faults.add(
                ("languages",),
                f'there are no texts in "{language}"',
                suggest_closest(language, known),
            )
    if len(set(offered)) < len(offered):
        faults.add(("languages",), "names a language twice")
    if "languages" in profile and GERMAN not in offered:
        faults.add(("languages",), f'must have "{GERMAN}": staff pages are German')


def _check_texts(
    texts: Mapping[str, str | None],
    path: KeyPath,
    known: Collection[str],
    faults: TomlFaultCollector,
) -> None:
    for language, text in texts.items():
        if language not in known:
            faults.add((*path, language), "unknown language", suggest_closest(language, known))
        elif path[-1] == "label" and (length := _letters(text)) > LONGEST_LABEL:
            what = f"has {length} letters, more than the {LONGEST_LABEL} that fit on a button"
            faults.add((*path, language), what, "shorten it")


def _letters(text: str | None) -> int:
    return len(without_soft_hyphens(text or ""))


EMBLEM = ("emblem",)


def text_fault(text: str, path: KeyPath) -> str | None:
    """What is wrong with any text of a profile: it is shown and printed. A picture is no text."""
    if path == EMBLEM:
        return None
    longest = next((LONGER_TEXTS[step] for step in path if step in LONGER_TEXTS), LONGEST_TEXT)
    if not text.strip():
        return "is empty"
    if len(text) > longest:
        return f"is {len(text)} characters long, more than {longest}"
    strange = [letter for letter in text if _steers(letter)]
    return f"contains the control character {strange[0]!a}" if strange else None


def _steers(letter: str) -> bool:
    """Whether it is no letter but breaks the line, or turns the order of what follows it."""
    return (
        unicodedata.category(letter) in {"Cc", "Zl", "Zp"}
        or unicodedata.bidirectional(letter) in _TURNING
    )
