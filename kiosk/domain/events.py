"""Events of the journal; see also `device_events`, `paper_events` and `visit_events`.

Their fields are values that JSON has.
"""

from dataclasses import dataclass

from kiosk.domain.ids import (
    DeskId,
    FeedbackId,
    LanguageCode,
    TicketId,
    TopicId,
    VisitId,
)


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events: each class below that has no subclass is a kind of journal entry."""


@dataclass(frozen=True, slots=True)
class PeriodClosed(Event):
    """A period of the counts was rounded and frozen; `period` is its label, such as `2026-Q4`."""

    period: str


@dataclass(frozen=True, slots=True)
class PeriodNotClosed(Event):
    """A period that is over could not be closed; `reason` is a sentence for technicians."""

    reason: str


@dataclass(frozen=True, slots=True)
class TopicsChanged(Event):
    """Staff changed the topics on offer, a contingent or the intake."""

    visit: VisitId


@dataclass(frozen=True, slots=True)
class ContingentReached(Event):
    """The contingent of a topic is used up, or a number of it is free again.

    Apart from `TopicsChanged`, since it tells for which topic the number was.
    """

    visit: VisitId


@dataclass(frozen=True, slots=True)
class DeskChanged(Event):
    """A desk handles other topics now, or began or paused its work."""

    desk: DeskId


@dataclass(frozen=True, slots=True)
class HelpCalled(Event):
    """A desk asks a colleague over, or does not need one any more."""

    desk: DeskId
    wanted: bool


@dataclass(frozen=True, slots=True)
class HelpComing(Event):
    """A colleague from the desk `helper` comes to the one that asked."""

    desk: DeskId
    helper: DeskId


@dataclass(frozen=True, slots=True)
class EnquiryCounted(Event):
    """A citizen was helped without a number; who and with what stays out of the journal."""

    desk: DeskId


@dataclass(frozen=True, slots=True)
class TicketsImported(Event):
    """Numbers torn from a paper roll while the box was away have been taken in."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class TicketEvent(Event):
    """Base of the events of one ticket."""

    ticket: TicketId
    number: str


@dataclass(frozen=True, slots=True)
class CallBackChanged(TicketEvent):
    """A promised call back was made, or marked as open again."""

    done: bool


@dataclass(frozen=True, slots=True)
class AnswerChanged(TicketEvent):
    """The holder of a number answered a question that staff are shown; not which answer."""


@dataclass(frozen=True, slots=True)
class TicketTaken(TicketEvent):
    """A citizen has a number; `ahead` people were to be called before."""

    topic: TopicId
    language: LanguageCode
    ahead: int


@dataclass(frozen=True, slots=True)
class TicketCalled(TicketEvent):
    """A desk asks for the person with this number."""

    desk: DeskId


@dataclass(frozen=True, slots=True)
class TicketRecalled(TicketEvent):
    """The same desk rings again."""

    desk: DeskId


@dataclass(frozen=True, slots=True)
class ServiceStarted(TicketEvent):
    """The person has come to the desk."""

    desk: DeskId


@dataclass(frozen=True, slots=True)
class TicketFinished(TicketEvent):
    """The talk is over."""

    desk: DeskId
    outcome: str


@dataclass(frozen=True, slots=True)
class TicketReturned(TicketEvent):
    """The called citizen did not come; the ticket waits for its next call."""


@dataclass(frozen=True, slots=True)
class TicketMissed(TicketEvent):
    """The citizen did not come to the last call either."""


@dataclass(frozen=True, slots=True)
class TicketTakenUp(TicketEvent):
    """A missed or parked person is called again."""

    desk: DeskId


@dataclass(frozen=True, slots=True)
class TicketPutBack(TicketEvent):
    """A parked, missed or ended ticket waits again."""


@dataclass(frozen=True, slots=True)
class RecordAmended(TicketEvent):
    """Staff corrected what they had noted at the end of a talk; what, stays out of the journal."""


@dataclass(frozen=True, slots=True)
class TicketParked(TicketEvent):
    """The person fetches something or fills in a form and keeps the number."""


@dataclass(frozen=True, slots=True)
class TicketTransferred(TicketEvent):
    """The person waits for another topic or desk now, with the same number."""

    topic: TopicId
    to_desk: DeskId | None = None


@dataclass(frozen=True, slots=True)
class TicketWithdrawn(TicketEvent):
    """The person has left, by what staff say, or has `given_back` the number."""

    given_back: bool = False


@dataclass(frozen=True, slots=True)
class PriorityChanged(TicketEvent):
    """Staff gave a ticket priority, or took it back."""

    priority: bool


@dataclass(frozen=True, slots=True)
class ActionUndone(TicketEvent):
    """A desk undid its last action (see `service.undo_log`); the ticket is as it was before."""

    desk: DeskId
    action: str


@dataclass(frozen=True, slots=True)
class AppointmentCheckedIn(TicketEvent):
    """An appointment was checked in; `punctuality` is early, on_time, late, too_late or again.

    Again: it was checked in before, so no `TicketTaken` comes with it. `scanned` says that its
    holder stands at the scanner and looks at the glass for an answer.
    """

    punctuality: str
    scanned: bool


@dataclass(frozen=True, slots=True)
class CodeRefused(Event):
    """The scanner read a code that leads to no number. The code stays out of the journal.

    `reason` is a code of `kiosk.service.refusals`.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class AppointmentsChanged(Event):
    """A file of appointments was imported: so many are new, have moved, or are gone."""

    new: int
    moved: int
    gone: int


@dataclass(frozen=True, slots=True)
class FeedbackGiven(Event):
    """A smiley was pressed, on the glass or `on_button`. The score stays out of here.

    `thanked` says whether box and glass answer: not to a child that goes on drumming.
    """

    feedback: FeedbackId
    on_button: bool = False
    thanked: bool = True


@dataclass(frozen=True, slots=True)
class FeedbackTakenBack(Event):
    """A citizen took back the smiley of a moment ago: it was the wrong one."""

    feedback: FeedbackId
