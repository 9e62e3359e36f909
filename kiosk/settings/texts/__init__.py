"""Translations (gettext) for glass, paper and calls, by language and key. See docs/texts.md."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from kiosk.domain.errors import KioskError
from kiosk.domain.ids import GERMAN, LanguageCode
from kiosk.system.paths import ASSETS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from babel.messages.catalog import Catalog

FOLDER = ASSETS / "texts"


class TextFileBroken(KioskError):
    """A .po file that gettext cannot parse."""

    def __init__(self, path: Path, reason: object) -> None:
        self.path = path
        super().__init__(f"{path}: cannot be read as texts: {reason}.")


def available_languages(folder: Path = FOLDER) -> list[LanguageCode]:
    """The languages that have a file of texts."""
    return sorted(LanguageCode(path.stem) for path in folder.glob("*.po"))


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts in all languages: `texts("tr", "number.ahead", count=3)`."""

    translations: Mapping[LanguageCode, gettext.GNUTranslations]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Texts:
        """Read every language. Raises `TextFileBroken`."""
        read = {
            language: _read(folder / f"{language}.po") for language in available_languages(folder)
        }
        for language, translation in read.items():
            if language != GERMAN:
                translation.add_fallback(read[GERMAN])
        return cls(read)

    def __call__(self, language: LanguageCode, key: str, /, **values: object) -> str:
        """The text of a key, in German where the language lacks it; `count` picks the plural.

        Raises `LookupError` for a language or key that no file has: a slip in the code.
        """
        translation = self.translations[language]
        count = values.get("count")
        if isinstance(count, int):
            text = translation.ngettext(key, key, count)
        else:
            text = translation.gettext(key)
        if text == key:
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


def read_catalog(path: Path) -> Catalog:
    """The messages of one file. Raises `TextFileBroken`."""
    try:
        with path.open("rb") as stream:
            return read_po(stream, abort_invalid=True)
    except PoFileError as error:
        raise TextFileBroken(path, f"line {error.lineno + 1} is not understood") from error
    except (OSError, ValueError) as error:
        raise TextFileBroken(path, error) from error


def _read(path: Path) -> gettext.GNUTranslations:
    """By way of gettext's binary form, so that its own rules choose the plural."""
    binary = BytesIO()
    write_mo(binary, read_catalog(path))
    binary.seek(0)
    return gettext.GNUTranslations(binary)
