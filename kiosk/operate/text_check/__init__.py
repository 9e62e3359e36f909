"""Validation of the texts: every language against German, all faults with line and remedy."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.operate.text_check.messages import TextFault, catalog_faults, joint_faults
from kiosk.settings.profiles import available_profiles, profile_file
from kiosk.settings.profiles.labels import LONGER_TEXTS, LONGEST_LABEL
from kiosk.settings.profiles.translations import FOLDER as PROFILE_TEXTS
from kiosk.settings.profiles.translations import german_texts
from kiosk.settings.texts import FOLDER, available_languages
from kiosk.settings.texts.po_file import PoFile, PoMessage, read_po_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["TextFault", "text_faults"]

_LONGEST = {"label": LONGEST_LABEL, **LONGER_TEXTS}


def text_faults(folder: Path = FOLDER) -> list[TextFault]:
    """What is wrong with the words of glass, paper and calls. Raises `TextFileBroken`."""
    german = read_po_file(folder / f"{GERMAN}.po")
    return [
        fault
        for language in available_languages(folder)
        for fault in _faults_of(read_po_file(folder / f"{language}.po"), german)
    ]


@lru_cache(maxsize=32)
def _faults_of(file: PoFile, german: PoFile) -> tuple[TextFault, ...]:
    """Checked once for each version of both files: one that was changed is read as another."""
    originals = {(each.context, each.key): each for each in german.messages if any(each.forms)}
    return tuple(catalog_faults(file, originals))


def profile_text_faults() -> list[TextFault]:
    """Everything that is wrong with the translations of the shipped profiles."""
    written = [
        (profile_file(name), context, text)
        for name in available_profiles()
        for context, text in german_texts(tomllib.loads(profile_file(name).read_text("utf-8")))
    ]
    keys = [(context, without_soft_hyphens(text)) for _, context, text in written]
    german = {key: PoMessage(key[1], key[0], (key[1],), has_plural=False, line=0) for key in keys}
    divided = [
        TextFault(str(path), 0, without_soft_hyphens(text), what, remedy)
        for path, _, text in written
        for what, remedy in joint_faults(text)
    ]
    return divided + [
        fault
        for language in available_languages(PROFILE_TEXTS)
        for fault in _profile_faults(PROFILE_TEXTS / f"{language}.po", german)
    ]


def _profile_faults(path: Path, german: dict[tuple[str, str], PoMessage]) -> Iterator[TextFault]:
    file = read_po_file(path)
    yield from catalog_faults(file, german)
    for message in file.messages:
        letters, most = len(message.forms[0]), _LONGEST.get(message.context, LONGEST_LABEL)
        if letters > most:
            what = f"has {letters} letters, more than the {most} that fit"
            yield TextFault(str(path), message.line, message.key, what, "shorten it")
