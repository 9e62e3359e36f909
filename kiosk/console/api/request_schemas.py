"""Schemas of request bodies, as JSON. Unknown members are refused."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from kiosk.domain.ids import OfferId, OutcomeId, TopicId
from kiosk.domain.outcome import NOT_RECORDED
from kiosk.domain.record import Advice, Occasion, Record

Name = Annotated[str, Meta(min_length=1, max_length=100)]
# Ids stay within what JavaScript can count and SQLite can keep.
Id = Annotated[int, Meta(ge=0, le=2**53)]


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a caller sends."""


class NextBody(Body, frozen=True):
    """`after` is the id of the ticket believed to be at the desk, null for none.

    If it is another one by now, a second click or browser has acted, and that ticket is the answer.
    """

    after: Id | UnsetType | None = UNSET


class RecordBody(Body, frozen=True):
    """How a talk ended: an outcome of the profile. `referral` is an advice offer or a partner.

    Null: not said. `further` are topics of the talk beside the person's own.
    """

    outcome: Name
    referral: Name | None = None
    advice: Advice | None = None
    occasion: Occasion | None = None
    persons: int | None = None
    interpreter: bool | None = None
    items: dict[Name, Name] = msgspec.field(default_factory=dict)
    further: list[Name] = []

    def record(self) -> Record:
        """The record that is kept. Raises `Refused`."""
        referral = OfferId(self.referral) if self.referral is not None else None
        return Record(
            OutcomeId(self.outcome),
            referral,
            self.advice,
            self.occasion,
            self.persons,
            self.interpreter,
            tuple(self.items.items()),
            tuple(map(TopicId, self.further)),
        )


class AtDeskBody(Body, frozen=True):
    """`ticket` is the id of the ticket believed to be at the desk; another one is refused."""

    ticket: Id | None = None


class SlotBody(Body, frozen=True):
    """A time with its offset, such as 2026-11-24T10:00:00+01:00, and the stop."""

    time: Annotated[datetime, Meta(tz=True)]
    stop: Name
    language: Name | None = None


class BookingBody(SlotBody, frozen=True, kw_only=True):
    """An appointment for a topic. Without `slip` none is printed: its code is told by telephone."""

    topic: Name
    slip: bool = True


class FinishBody(RecordBody, frozen=True):
    """How the talk ended. `ticket` as in `AtDeskBody`. An `appointment` is made for the person."""

    ticket: Id | None = None
    appointment: SlotBody | None = None


class UndoBody(Body, frozen=True):
    """`action` is the id of the action believed to be the last; another one is refused."""

    action: Id | None = None


class CountBody(RecordBody, frozen=True, kw_only=True):
    """A person who was helped without a number, and with what.

    `after` is the id of the action believed to be the desk's last, null for none. If it is another
    one by now, this may have been counted already, and is refused.
    """

    topic: Name
    after: Id | UnsetType | None = UNSET


class TransferBody(AtDeskBody, frozen=True, kw_only=True):
    """The desk or the topic for which the person waits from now on, or both."""

    topic: Name | None = None
    to_desk: Name | None = None


class TicketBody(Body, frozen=True):
    """One ticket, by its id."""

    ticket: Id


class CallBody(TicketBody, frozen=True):
    """`after` as in `NextBody`; another ticket at the desk is refused.

    `park` parks a person who is served there; else the call is refused until the talk has ended.
    """

    after: Id | UnsetType | None = UNSET
    park: bool = False


class TopicBody(TicketBody, frozen=True):
    """The topic for which a waiting person waits from now on."""

    topic: Name


class AmendBody(RecordBody, frozen=True, kw_only=True):
    """How the talk with the person of this ticket ended, noted later."""

    ticket: Id


class PriorityBody(TicketBody, frozen=True):
    """Whether a ticket has priority."""

    priority: bool


class WantedBody(Body, frozen=True):
    """Whether a colleague is asked over."""

    wanted: bool


class ComingBody(Body, frozen=True):
    """The desk to which a helper comes."""

    to: Name


class AtWorkBody(Body, frozen=True):
    """Whether the desk is at work."""

    at_work: bool


class TopicsBody(Body, frozen=True):
    """The topics from now on."""

    topics: Annotated[list[Name], Meta(min_length=1, max_length=500)]


class IntakeBody(Body, frozen=True):
    """Whether new numbers are given."""

    intake: bool


class ContingentBody(Body, frozen=True):
    """How many numbers this visit gives for a topic in all; null for any number."""

    topic: Name
    contingent: Annotated[int, Meta(ge=0, le=999)] | None


class WishBody(Body, frozen=True):
    """A ticket to take. Without `language` the profile's first one is meant.

    `desk` is where staff take it; there it can be undone, and given although the intake is closed.
    `appointment` is the code of an appointment; then the topic may be left out. `answers` to
    the questions of the profile are choices by question.
    """

    topic: Name | None = None
    language: Name | None = None
    priority: bool = False
    answers: dict[Name, Name] = {}
    appointment: Name | None = None
    desk: Name | None = None


class TicketImportBody(Body, frozen=True):
    """Numbers torn from a paper roll: already served with this outcome, or null: still waiting.

    `desk` is where staff take them in; there it can be undone.
    """

    first: Name
    last: Name
    topic: Name
    outcome: Name | None = NOT_RECORDED
    desk: Name | None = None


class ScoreBody(Body, frozen=True):
    """A smiley: 1 is the worst. `survey` says that the program can ask a question next."""

    score: int
    survey: bool = False


class SurveyBody(Body, frozen=True):
    """An answer to the survey question that followed a smiley: `feedback` is the smiley's id."""

    feedback: Id
    question: Name
    answer: Name


class OpenBody(Body, frozen=True):
    """Without `stop` the timetable's visit of now is meant, else the profile's first stop.

    Without `topics` those planned are offered, else all of them. A visit for `practice` is marked,
    counts nothing and leaves nothing.
    """

    stop: Name | None = None
    topics: Annotated[list[Name], Meta(min_length=1, max_length=500)] | None = None
    practice: bool = False


class CloseBody(Body, frozen=True):
    """`force` closes over people who wait, are served or parked.

    So does `still_there`, as long as there are not more people than it says. `desk` is where staff
    do it: the other desks are told.
    """

    force: bool = False
    still_there: Annotated[int, Meta(ge=0)] | None = None
    desk: Name | None = None


class ReopenBody(Body, frozen=True):
    """`desk` is where staff take back that the visit was closed."""

    desk: Name | None = None
