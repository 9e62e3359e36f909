"""Phrases of a first contact, to point at: in German and in the visitor's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.domain.ids import GERMAN

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.settings.texts import Texts

_KEYS: Final = (
    "phrase.welcome",
    "phrase.topic",
    "phrase.interpreter",
    "phrase.letter",
    "phrase.papers",
    "phrase.confidential",
    "phrase.free",
    "phrase.write",
    "phrase.wait",
    "phrase.phone",
    "phrase.elsewhere",
    "phrase.appointment",
    "phrase.understood",
    "phrase.yes",
    "phrase.no",
    "phrase.not_understood",
)
"""In the order of a talk; the last ones are the visitor's."""


class Phrase(NamedTuple):
    """One sentence; in German `translation` is empty."""

    german: str
    translation: str


def phrases(language: LanguageCode, texts: Texts) -> tuple[Phrase, ...]:
    """All phrases, in that language beside German."""
    return tuple(
        Phrase(texts(GERMAN, key), "" if language == GERMAN else texts(language, key))
        for key in _KEYS
    )
