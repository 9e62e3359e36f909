"""State of the state machine: what the glass is showing. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.domain.refusal_reason import Reason
from kiosk.domain.stick import StickState
from kiosk.service.queue_status import UNKNOWN_STATUS, QueueStatus

if TYPE_CHECKING:
    from kiosk.domain.ids import (
        ChoiceId,
        CopyId,
        FeedbackId,
        GroupId,
        LanguageCode,
        NeedId,
        OfferId,
        QuestionId,
        SheetId,
        TicketId,
        TopicId,
    )
    from kiosk.domain.timetable import PlannedVisit
    from kiosk.domain.visit import Visit


class Screen(StrEnum):
    START = "start"
    LANGUAGE = "language"
    GROUPS = "groups"
    TOPICS = "topics"
    QUESTION = "question"
    BRING = "bring"
    CODE = "code"
    NUMBER = "number"
    RETURNED = "returned"
    NEEDS = "needs"
    OFFERS = "offers"
    OFFER = "offer"
    SHEET = "sheet"
    FEEDBACK = "feedback"
    SURVEY = "survey"
    THANKS = "thanks"
    CLOSED = "closed"
    REFUSED = "refused"
    TROUBLE = "trouble"
    MOMENT = "moment"
    STILL_THERE = "still_there"
    NO_VOICE = "no_voice"
    UPDATING = "updating"


OVERLAYS = (Screen.LANGUAGE, Screen.NO_VOICE)
"""Screens that lie over another one, to which they lead back."""

OF_OFFERS = (Screen.NEEDS, Screen.OFFERS, Screen.OFFER, Screen.SHEET)
"""Screens of the advice offers, which can be read while the bus is closed, too."""


class PaperState(StrEnum):
    """What is known of the paper to a number, or of an information sheet.

    After `FAILED` it can be asked for once more, after `NEVER` not: there is no printer, or there
    have been copies enough.
    """

    UNKNOWN = "unknown"
    COMING = "coming"
    PRINTED = "printed"
    FAILED = "failed"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number on the glass, how many people were ahead and the range of the wait in minutes.

    `link` is the address of the ticket's page, empty without one. To an appointment belong its
    time ("10:30") and how the person keeps it (see `Punctuality`). `over` says that its visit has
    been closed. `copy` is the newest copy of its slip.
    """

    number: str
    ahead: int
    slip: PaperState = PaperState.UNKNOWN
    estimate_min: tuple[int, int] | None = None
    link: str = ""
    appointment: str = ""
    punctuality: str = ""
    over: bool = False
    ticket: TicketId | None = None
    copy: CopyId | None = None


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """An information sheet that has been asked for, and what is known of its paper."""

    id: SheetId
    slip: PaperState = PaperState.UNKNOWN


@dataclass(frozen=True, slots=True)
class State:
    """One citizen at the glass, from the first touch to the last.

    `visit` is the open one, with its stop and today's topics, `expected` says that people with an
    appointment are still to come to it. `wish` names this citizen's one wish for a number. `behind`
    is the screen to which the choice of a language leads, and `behind_page` its page. `question` is
    the one on the screen, `answers` has what was chosen so far, by question. `returning` says that
    the citizen is asked whether the number is to be given back, `asking` that the office has been
    asked and has not answered: nothing else can be asked meanwhile. `warned` says that "Are you
    still there?" lies over the screen, `passing` that another door put this screen on the glass.
    `need` and `offer` are what was chosen of the directory; with a `topic` its screens tell what is
    there for this topic.
    `detail` belongs to a refusal: the day and time, or the stop, of the appointment; else it is
    the number that was given back.
    `next_visits` are the next chances, as far as there is a plan and a clock; `opens_today` says
    that the first of them is today's.
    `queue` is what those are told who have no number yet.
    `listening` says that the screen is read aloud, `headphones` that some are plugged in.
    `lasting` belongs to trouble that does not go by itself, `retries` counts how often a number was
    asked for again by itself since.
    `score` and `feedback` are the smiley just given, `survey` is the question that followed it, and
    `survey_answer` what was answered.
    `sheets_failed` makes another try another wish. `stick` is that of staff, shown while no citizen
    is in the middle of anything. `printers_attended` says that the panel answers, as far as this
    citizen's paper has made it matter.
    """

    screen: Screen
    language: LanguageCode
    wish: str
    visit: Visit | None
    expected: bool = False
    theme: str = "light"
    large_text: bool = False
    language_chosen: bool = False
    listening: bool = False
    headphones: bool = False
    queue: QueueStatus = UNKNOWN_STATUS
    behind: Screen = Screen.START
    behind_page: int = 0
    page: int = 0
    group: GroupId | None = None
    topic: TopicId | None = None
    question: QuestionId | None = None
    answers: tuple[tuple[QuestionId, ChoiceId], ...] = ()
    typed: str = ""
    need: NeedId | None = None
    offer: OfferId | None = None
    sheet: ShownSheet | None = None
    sheets_failed: int = 0
    reason: Reason = Reason.OTHER
    detail: str = ""
    next_visits: tuple[PlannedVisit, ...] = ()
    opens_today: bool = False
    lasting: bool = False
    retries: int = 0
    returning: bool = False
    asking: bool = False
    warned: bool = False
    passing: bool = False
    shown: ShownNumber | None = None
    score: int = 0
    feedback: FeedbackId | None = None
    survey: QuestionId | None = None
    survey_answer: ChoiceId | None = None
    stick: StickState = StickState.GONE
    printers_attended: bool = True

    def choice_of(self, question: QuestionId) -> ChoiceId | None:
        """The answer to a question; None while there is none."""
        return dict(self.answers).get(question)

    @property
    def next_visit(self) -> PlannedVisit | None:
        """The next chance."""
        return next(iter(self.next_visits), None)

    @property
    def offered(self) -> tuple[TopicId, ...]:
        """The topics for which numbers are given now."""
        return self.visit.open_topics if self.visit else ()

    @property
    def topics(self) -> tuple[TopicId, ...]:
        """The topics of today, also those of which all numbers have been given."""
        return self.visit.topics if self.visit and self.offered else ()
