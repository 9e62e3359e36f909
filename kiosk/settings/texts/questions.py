"""Words of a profile's questions: its own labels, or those of the built-in ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.question import Choice, Question
    from kiosk.settings.texts import Texts


def choice_label(texts: Texts, language: LanguageCode, question: Question, choice: Choice) -> str:
    """What a choice is called in a language."""
    if choice.label:
        return choice.label[language]
    return texts(language, f"question.{question.id}.{choice.id}")
