"""Babel's locale of a language: names of days, months and languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from kiosk.domain.ids import GERMAN

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode


_EUROPEAN = {"en": "en_GB"}
"""The day before the month."""


def locale_of(language: LanguageCode) -> Locale:
    """Leichte Sprache (`de-x-ls`) names them as German does, and so does what Babel lacks."""
    name = language.partition("-")[0]
    try:
        return Locale.parse(_EUROPEAN.get(name, name))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(GERMAN)
