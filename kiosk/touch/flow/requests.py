"""Requests to the office, as the state machine makes them. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.ids import (
        ChoiceId,
        FeedbackId,
        LanguageCode,
        OfferId,
        QuestionId,
        TicketId,
        TopicId,
    )
    from kiosk.touch.flow.state import State


@dataclass(frozen=True, slots=True)
class OfficeRequest:
    """Something that the glass asks of the office."""


@dataclass(frozen=True, slots=True)
class TakeTicket(OfficeRequest):
    """A number for this topic; the same wish always leads to the same number."""

    topic: TopicId
    language: LanguageCode
    wish: str


@dataclass(frozen=True, slots=True)
class AnswerQuestion(OfficeRequest):
    """Keep the answer to a question for this ticket; `answers` are all that were given then."""

    ticket: TicketId
    question: QuestionId
    answers: tuple[tuple[QuestionId, ChoiceId], ...]


@dataclass(frozen=True, slots=True)
class GiveBack(OfficeRequest):
    """Withdraw this ticket: its holder does not want it."""

    ticket: TicketId


@dataclass(frozen=True, slots=True)
class CheckIn(OfficeRequest):
    """Check-in by the code of an appointment, as it was typed."""

    code: str
    language: LanguageCode
    wish: str


@dataclass(frozen=True, slots=True)
class PrintSheet(OfficeRequest):
    """The information sheet of an advice offer on paper; the same wish means the same sheet."""

    offer: OfferId
    language: LanguageCode
    wish: str


@dataclass(frozen=True, slots=True)
class Reprint(OfficeRequest):
    """The slip of this ticket once more; the same wish means the same copy."""

    ticket: TicketId
    wish: str


@dataclass(frozen=True, slots=True)
class GiveFeedback(OfficeRequest):
    score: int


@dataclass(frozen=True, slots=True)
class TakeBackFeedback(OfficeRequest):
    """Forget this smiley, with the answer to the question that followed it."""

    id: FeedbackId
    answer: ChoiceId | None = None


@dataclass(frozen=True, slots=True)
class AnswerSurvey(OfficeRequest):
    """Count the answer to the question that followed this smiley."""

    feedback: FeedbackId
    question: QuestionId
    answer: ChoiceId


@dataclass(frozen=True, slots=True)
class ForgetWish(OfficeRequest):
    """The citizen has gone: delete the pending wish."""


Transition = tuple["State", tuple[OfficeRequest, ...]]
"""A next state, and what to ask the office for."""
