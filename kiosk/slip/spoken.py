"""The names of languages that are spoken somewhere, in the visitor's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.lists import format_list

from kiosk.slip.locales import locale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.ids import LanguageCode
    from kiosk.texts import Texts


def languages_spoken(codes: Sequence[str], language: LanguageCode, texts: Texts) -> str:
    """Such as "Deutsch, Türkisch und Arabisch"; a language without a name stays its code."""
    locale = locale_of(language)
    own = {str(code): texts.name(code) for code in texts.languages if "-" in code}
    names = [own.get(code) or str(locale.languages.get(code) or code) for code in codes]
    return format_list(names, locale=locale)
