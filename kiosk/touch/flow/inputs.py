"""Inputs of the state machine of the glass. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.refusal_reason import Reason
from kiosk.touch.flow.state import PaperState

if TYPE_CHECKING:
    from kiosk.domain.ids import (
        ChoiceId,
        CopyId,
        FeedbackId,
        LanguageCode,
        QuestionId,
        SheetId,
        TicketId,
        TopicId,
    )
    from kiosk.domain.stick import StickState
    from kiosk.domain.timetable import PlannedVisit
    from kiosk.domain.visit import Visit
    from kiosk.service.queue_status import QueueStatus
    from kiosk.touch.flow.state import ShownNumber


@dataclass(frozen=True, slots=True)
class Input:
    """Base of all inputs."""


@dataclass(frozen=True, slots=True)
class Tapped(Input):
    """A finger left the element on which it had come down, or a key acted on it."""

    id: str


@dataclass(frozen=True, slots=True)
class TimedOut(Input):
    """No touch for as long as the screen waits."""


@dataclass(frozen=True, slots=True)
class VisitChanged(Input):
    """A visit was opened or closed, its offer changed, or the office answers again.

    `expected` says that people with an appointment are still to come, `next_visits` are the next
    ones that are planned, `opens_today` says that the first of them is today's.
    """

    visit: Visit | None
    expected: bool = False
    next_visits: tuple[PlannedVisit, ...] = ()
    opens_today: bool = False


@dataclass(frozen=True, slots=True)
class QueueUpdate(Input):
    """The queue has moved, or time has passed."""

    status: QueueStatus


@dataclass(frozen=True, slots=True)
class StickUpdate(Input):
    """Staff plugged a stick that fetches the counts, or it is doing otherwise now."""

    state: StickState


@dataclass(frozen=True, slots=True)
class HeadphonesChanged(Input):
    """Headphones were plugged in beside the glass, or pulled out."""

    plugged: bool


@dataclass(frozen=True, slots=True)
class NumberGiven(Input):
    """The office answered: this is the citizen's number."""

    shown: ShownNumber


@dataclass(frozen=True, slots=True)
class AnswersStored(Input):
    """The office has kept what was answered; `waits` is false if the number is called by now."""

    answers: tuple[tuple[QuestionId, ChoiceId], ...]
    waits: bool = True


@dataclass(frozen=True, slots=True)
class GivenBack(Input):
    """The office has withdrawn the number; `done` is false if it is called by now."""

    done: bool = True


@dataclass(frozen=True, slots=True)
class CodeScanned(Input):
    """A check-in at the scanner, or a code that it refused."""

    language: LanguageCode
    shown: ShownNumber | None
    reason: Reason = Reason.OTHER


@dataclass(frozen=True, slots=True)
class SmileyPressed(Input):
    """A smiley was pressed on a button beside the glass, and stored."""


@dataclass(frozen=True, slots=True)
class WishResumed(Input):
    """The glass was cut off in the middle of a wish: here it is, with its number if it has one."""

    language: LanguageCode
    wish: str
    topic: TopicId | None
    shown: ShownNumber | None
    answers: tuple[tuple[QuestionId, ChoiceId], ...] = ()


@dataclass(frozen=True, slots=True)
class SlipUpdate(Input):
    """The printer has said how it went with the slip to a number."""

    number: str
    slip: PaperState


@dataclass(frozen=True, slots=True)
class PrinterAvailability(Input):
    """Whether the panel, which prints, answers."""

    attended: bool


@dataclass(frozen=True, slots=True)
class CopyQueued(Input):
    """The office has a copy of the slip for the printer; without an id it takes no wish for one."""

    id: CopyId | None
    slip: PaperState = PaperState.COMING


@dataclass(frozen=True, slots=True)
class CopyUpdate(Input):
    """A copy of a slip was asked for, or the printer has said how it went with it."""

    ticket: TicketId
    id: CopyId
    slip: PaperState


@dataclass(frozen=True, slots=True)
class SheetQueued(Input):
    """The office has an information sheet for the printer, or has had it before."""

    id: SheetId
    slip: PaperState = PaperState.UNKNOWN


@dataclass(frozen=True, slots=True)
class SheetUpdate(Input):
    """The printer has said how it went with an information sheet."""

    id: SheetId
    slip: PaperState


@dataclass(frozen=True, slots=True)
class FeedbackStored(Input):
    """The office has counted the smiley; a survey question may follow."""

    id: FeedbackId
    question: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class SurveyAnswered(Input):
    """The office has counted the answer to the survey question."""

    answer: ChoiceId


@dataclass(frozen=True, slots=True)
class FeedbackRemoved(Input):
    """The office has forgotten the smiley."""


@dataclass(frozen=True, slots=True)
class RequestRefused(Input):
    """The office refused what was asked for; nothing was changed."""

    reason: Reason = Reason.OTHER
    detail: str = ""


@dataclass(frozen=True, slots=True)
class OfficeUnavailable(Input):
    """The office could not be asked at all: the database fails.

    `lasting` says that it does not go on by itself: the disk is full or broken.
    """

    lasting: bool = False
