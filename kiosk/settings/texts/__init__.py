"""Translations (gettext) for glass, paper and calls, by language and key. See docs/texts.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiosk.domain.ids import GERMAN, LanguageCode
from kiosk.settings.texts.po_file import TextFileBroken, read_po_file
from kiosk.system.paths import ASSETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kiosk.settings.texts.po_file import PoFile

__all__ = ["FOLDER", "TextFileBroken", "Texts", "available_languages", "label_in"]

FOLDER = ASSETS / "texts"


def available_languages(folder: Path = FOLDER) -> list[LanguageCode]:
    """The languages that have a file of texts."""
    return sorted(LanguageCode(path.stem) for path in folder.glob("*.po"))


@dataclass(frozen=True, slots=True)
class Translation:
    """One language: the forms of each text by its key, and which of them a count takes."""

    forms: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]

    def text(self, key: str, count: object) -> str | None:
        """The text of a key, in the form for that count where it has several."""
        forms = self.forms.get(key)
        if forms is None or len(forms) == 1:
            return forms[0] if forms else None
        return forms[self.plural(count) if isinstance(count, int) else -1]


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts in all languages: `texts("tr", "number.ahead", count=3)`."""

    translations: Mapping[LanguageCode, Translation]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Texts:
        """Read every language. Raises `TextFileBroken`, also for a missing plural form."""
        languages = available_languages(folder)
        return cls({each: _translation(read_po_file(folder / f"{each}.po")) for each in languages})

    def __call__(self, language: LanguageCode, key: str, /, **values: object) -> str:
        """The text of a key, in German where the language lacks it; `count` picks the plural.

        So does a language without a file: one may have left while people wait who chose it. Raises
        `LookupError` for a key that no file has: a slip in the code.
        """
        count = values.get("count")
        german = self.translations[GERMAN]
        text = self.translations.get(language, german).text(key, count)
        if text is None and (text := german.text(key, count)) is None:
            raise LookupError(f"No text has the key {key!r}.")
        return text.format_map(values)

    @property
    def languages(self) -> tuple[LanguageCode, ...]:
        """The codes of all languages."""
        return tuple(self.translations)

    def name(self, language: LanguageCode) -> str:
        """What the language calls itself, in its own script."""
        return self(language, "language.name")

    def direction(self, language: LanguageCode) -> Literal["ltr", "rtl"]:
        """The way the language is written."""
        return "rtl" if self(language, "direction") == "rtl" else "ltr"


def label_in(label: Mapping[LanguageCode, str], language: LanguageCode) -> str:
    """A label of the profile; in German where the language has left it."""
    return label.get(language) or label[GERMAN]


def _translation(file: PoFile) -> Translation:
    try:
        count, plural = file.plural_forms
    except ValueError as error:
        raise TextFileBroken(file.path, error) from error
    for message in file.messages:
        forms = message.forms
        if message.has_plural and any(forms) and (len(forms) != count or not all(forms)):
            wanted = f"line {message.line}, {message.key}, needs {count} plural forms"
            raise TextFileBroken(file.path, wanted)
    return Translation({each.key: each.forms for each in file.messages if any(each.forms)}, plural)
