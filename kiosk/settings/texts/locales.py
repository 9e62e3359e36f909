"""Babel's locale of a language: names of days, months and languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from kiosk.domain.ids import GERMAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.ids import LanguageCode
    from kiosk.settings.texts import Texts


_EUROPEAN = {"en": "en_GB"}
"""The day before the month."""


def locale_of(language: LanguageCode) -> Locale:
    """Leichte Sprache (`de-x-ls`) names them as German does, and so does what Babel lacks."""
    name = language.partition("-")[0]
    try:
        return Locale.parse(_EUROPEAN.get(name, name))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(GERMAN)


def languages_spoken(codes: Sequence[str], language: LanguageCode, texts: Texts) -> str:
    """Such as "Deutsch, Türkisch und Arabisch"; a language without a name stays its code."""
    locale = locale_of(language)
    own = {str(code): texts.name(code) for code in texts.languages if "-" in code}
    named = {code: locale.languages.get(code.replace("-", "_")) for code in codes}
    return format_list([str(own.get(code) or named[code] or code) for code in codes], locale=locale)
