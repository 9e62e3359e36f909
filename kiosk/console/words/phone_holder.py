"""What the holder of a number drawn on a phone can do with it, in the language of the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.console.words.names import unbroken
from kiosk.console.words.phone_draw import open_visit
from kiosk.drawing.bidi import isolated
from kiosk.service.citizens import answers_of, is_given_back
from kiosk.settings.texts.questions import choice_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import ChoiceId, LanguageCode, QuestionId
    from kiosk.domain.moment import Moment
    from kiosk.domain.question import Question
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Snapshot
    from kiosk.settings.texts import Texts


@dataclass(frozen=True, slots=True)
class AskedChoice:
    """An answer to touch; touched again it is taken back."""

    id: ChoiceId
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of the profile; one with a single choice needs no label."""

    id: QuestionId
    label: str
    choices: tuple[AskedChoice, ...]


@dataclass(frozen=True, slots=True)
class HolderWords:
    """What stands below the number; `again` leads to another one, empty where none is given."""

    language: LanguageCode
    direction: str
    give_back: str
    ask: str
    yes: str
    no: str
    returned: str
    again: str
    questions: tuple[AskedQuestion, ...]
    given_back: bool


def holder_words(snapshot: Snapshot, texts: Texts, ticket: Ticket, now: Moment) -> HolderWords:
    """As the glass has it beside the number."""
    language, answers = ticket.language, answers_of(snapshot, ticket)
    number, visit = isolated(unbroken(ticket.number)), open_visit(snapshot, now)
    return HolderWords(
        language,
        texts.direction(language),
        texts(language, "number.return"),
        texts(language, "number.return.title", number=number),
        texts(language, "number.return.yes"),
        texts(language, "number.return.no"),
        texts(language, "returned.title", number=number),
        texts(language, "start.take_number") if visit and visit.intake else "",
        tuple(_asked(texts, language, each, answers) for each in snapshot.profile.questions),
        given_back=is_given_back(snapshot, ticket),
    )


def _asked(
    texts: Texts,
    language: LanguageCode,
    question: Question,
    answers: Mapping[QuestionId, ChoiceId],
) -> AskedQuestion:
    choices = tuple(
        AskedChoice(
            each.id,
            choice_label(texts, language, question, each),
            answers.get(question.id) == each.id,
        )
        for each in question.choices
    )
    return AskedQuestion(question.id, question.label.get(language, ""), choices)
