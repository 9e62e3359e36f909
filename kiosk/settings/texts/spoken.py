"""The names of languages that are spoken somewhere, in the visitor's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.lists import format_list

from kiosk.settings.texts.locales import locale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.ids import LanguageCode
    from kiosk.settings.texts import Texts


def languages_spoken(codes: Sequence[str], language: LanguageCode, texts: Texts) -> str:
    """Such as "Deutsch, Türkisch und Arabisch"; a language without a name stays its code."""
    locale = locale_of(language)
    own = {str(code): texts.name(code) for code in texts.languages if "-" in code}
    named = {code: locale.languages.get(code.replace("-", "_")) for code in codes}
    return format_list([str(own.get(code) or named[code] or code) for code in codes], locale=locale)
