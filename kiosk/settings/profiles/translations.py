"""Translations of a profile's German: PO files beside it, then those of the shipped profiles.

The German text is the key, so that services share a translation, and one of a German text that was
changed since is missing instead of wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.domain.ids import GERMAN
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.settings.texts.po_file import PoFile, read_po_file
from kiosk.system.paths import ASSETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiosk.domain.ids import LanguageCode
    from kiosk.settings.schema.checker import TomlTable

FOLDER = ASSETS / "profiles" / "texts"

Version = tuple[Path, int]
"""A file and when it was written, in nanoseconds."""

TRANSLATED = (
    ("groups", "label"),
    ("groups", "bring"),
    ("topics", "label"),
    ("topics", "bring"),
    ("directory", "about"),
    ("needs", "label"),
)
"""List and key of each text that a profile has in every language; the key is its context."""


@dataclass(frozen=True, slots=True)
class Translations:
    """What a language calls the German texts of profiles, by context and German."""

    files: tuple[PoFile, ...]

    @classmethod
    def of(cls, language: str, profile: Path) -> Translations:
        """Those for the profile in that file. Raises `TextFileBroken`."""
        paths = (folder / f"{language}.po" for folder in _folders(profile))
        return cls(tuple(read_po_file(path) for path in paths if path.is_file()))

    def get(self, context: str, german: str) -> str | None:
        """The translation, as a button or sentence shows it."""
        key = (context, without_soft_hyphens(german))
        return next((found for file in self.files if (found := _messages(file).get(key))), None)


def versions(profile: Path) -> tuple[Version, ...]:
    """The files from which texts of the profile in that file may come, as they are now."""
    files = sorted(file for folder in _folders(profile) for file in folder.glob("*.po"))
    return tuple((file, file.stat().st_mtime_ns) for file in files)


def _folders(profile: Path) -> tuple[Path, ...]:
    return tuple(dict.fromkeys((profile.parent / "texts", FOLDER)))


@lru_cache(maxsize=64)
def _messages(file: PoFile) -> Mapping[tuple[str, str], str]:
    return {(each.context, each.key): each.forms[0] for each in file.messages}


def translate(profile: TomlTable, file: Path) -> None:
    """Add to each text of a profile, read from that file, the languages that it lacks there."""
    languages = [each for each in profile.get("languages", ()) if each and each != GERMAN]
    by_language = {language: Translations.of(language, file) for language in languages}
    for context, texts in _texts(profile):
        german = texts.get(GERMAN)
        for language, translations in by_language.items():
            if german and language not in texts and (text := translations.get(context, german)):
                texts[language] = text


def german_texts(profile: TomlTable) -> list[tuple[str, str]]:
    """Context and German of every text that a profile has in several languages."""
    return [(context, texts[GERMAN]) for context, texts in _texts(profile) if GERMAN in texts]


def _texts(profile: TomlTable) -> Iterator[tuple[str, dict[str, str]]]:
    """Each text that is there in several languages, with its context."""
    for kind, key in TRANSLATED:
        yield from ((key, entry[key]) for entry in profile.get(kind, ()) if _table(entry, key))
    for question in profile.get("questions", ()):
        for owner in (question, *question.get("choices", ())):
            if _table(owner, "label"):
                yield "label", owner["label"]
    for question in profile.get("survey_questions", ()):
        if _table(question, "text"):
            yield "text", question["text"]
        yield from (
            ("label", each["label"])
            for each in question.get("answers", ())
            if _table(each, "label")
        )


def _table(entry: Any, key: str) -> bool:  # noqa: ANN401 - whatever the file holds there
    return isinstance(entry, dict) and isinstance(entry.get(key), dict)


def drafts(languages: tuple[LanguageCode, ...], profile: Path) -> tuple[LanguageCode, ...]:
    """Draft languages: without a native speaker's sign-off in each file of texts."""
    shown = ASSETS / "texts"
    return tuple(
        language
        for language in languages
        if language != GERMAN
        and not all(
            file.reader
            for file in (
                read_po_file(shown / f"{language}.po"),
                *Translations.of(language, profile).files,
            )
        )
    )
