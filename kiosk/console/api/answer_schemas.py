"""Schemas of answers, as JSON."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType

from kiosk.domain.appointment import Punctuality
from kiosk.domain.day_sum import DaySum
from kiosk.domain.ids import ChoiceId, QuestionId
from kiosk.domain.ticket import Ticket, TicketState


class TicketAnswer(msgspec.Struct, frozen=True):
    """A ticket as staff see it."""

    id: int
    number: str
    sequence: int
    topic: str
    state: TicketState
    desk: str | None
    language: str
    priority: bool

    @classmethod
    def of(cls, ticket: Ticket) -> "TicketAnswer":
        """The outside of a ticket."""
        return cls(**{name: getattr(ticket, name) for name in cls.__struct_fields__})


class ListedTicketAnswer(TicketAnswer, frozen=True, kw_only=True):
    """The same with the choices that staff are shown, by question."""

    answers: dict[str, str]

    @classmethod
    def listed(cls, ticket: Ticket, answers: Mapping[QuestionId, ChoiceId]) -> "ListedTicketAnswer":
        """The outside of a ticket with its answers."""
        given = {str(question): str(choice) for question, choice in answers.items()}
        return cls(**msgspec.structs.asdict(TicketAnswer.of(ticket)), answers=given)


class ActionAnswer(msgspec.Struct, frozen=True):
    """What a desk did. `number` is empty for a person who was counted without one."""

    id: int
    kind: str
    number: str
    undone: bool


class TakenAnswer(msgspec.Struct, frozen=True):
    """A new number. The estimate is null while there are too few service times.

    `appointment` is the time of one that was checked in, `punctuality` how it is kept.
    """

    id: int
    number: str
    ahead: int
    estimate_minutes: tuple[int, int] | None = None
    appointment: datetime | UnsetType = UNSET
    punctuality: Punctuality | UnsetType = UNSET


class FeedbackAnswer(msgspec.Struct, frozen=True):
    """A smiley that was kept; `question` is the survey question that follows it, if one does."""

    id: int
    question: str | UnsetType = UNSET


class SurveyCountedAnswer(msgspec.Struct, frozen=True):
    """`counted` is false where the smiley has brought an answer before: nothing was changed."""

    counted: bool


class VisitAnswer(msgspec.Struct, frozen=True):
    """A visit: `id` counts the visits of this box. One for `practice` counts nothing."""

    id: int
    stop: str
    name: str
    intake: bool
    practice: bool


class NextVisitAnswer(msgspec.Struct, frozen=True):
    """A planned visit. Both times are those of Berlin, with its offset."""

    stop: str
    name: str
    begins: datetime
    ends: datetime


class OpenedAnswer(VisitAnswer, frozen=True):
    """Whether the stop was named or is planned for now; else it is the profile's first one."""

    planned: bool


class SumAnswer(msgspec.Struct, frozen=True):
    """The sum of a visit. `still_there` count as gone if it is closed now."""

    tickets: int
    waiting: int
    at_desk: int
    parked: int
    missed: int
    withdrawn: int
    served: int
    without_number: int
    smileys: int
    outcomes: dict[str, int]
    still_there: int

    @classmethod
    def of(cls, day: DaySum) -> "SumAnswer":
        """The outside of a sum."""
        return cls(**{name: getattr(day, name) for name in cls.__struct_fields__})


class ClosedAnswer(VisitAnswer, frozen=True):
    """A visit that was closed. For `reopen_s` seconds that can be taken back, 0 after practice."""

    reopen_s: int
    sum: SumAnswer | None


class TopicAnswer(msgspec.Struct, frozen=True):
    """A topic, how many wait for it, and whether numbers are given for it now."""

    id: str
    group: str
    waiting: int
    taking: bool


class CallAnswer(msgspec.Struct, frozen=True):
    """A number called to a desk. `entry` is the id of its event: a recall has another one."""

    entry: str
    number: str
    desk: str


class DeskAnswer(msgspec.Struct, frozen=True):
    """A desk, its topics today, whether it is at work, and whether it asks for help."""

    id: str
    topics: tuple[str, ...]
    at_work: bool
    wants_help: bool


class OfferedAnswer(msgspec.Struct, frozen=True):
    """A topic of the visit."""

    id: str
    group: str


class GroupWaitAnswer(msgspec.Struct, frozen=True):
    """The wait for a topic group with its own letter; null while unknown."""

    id: str
    letter: str
    estimate_minutes: tuple[int, int] | None


class StateAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The public state. `entry` is the id of an event: what happened after it may be new.

    The estimate is the range of a number taken now, over all topics; `groups` have their own where
    numbers show them. `called` are the numbers called and not yet come, newest first; `calls` are
    the last calls.
    """

    entry: str
    open: bool
    visit: VisitAnswer | None
    offered: list[OfferedAnswer]
    waiting: int
    estimate_minutes: tuple[int, int] | None
    groups: list[GroupWaitAnswer]
    called: list[CallAnswer]
    calls: list[CallAnswer]


class QueueAnswer(StateAnswer, frozen=True, kw_only=True):
    """The same for staff, with who waits for which topic. `journal` is the id of an event.

    `left_open` is the day of a visit that was not closed over night: `open` is false then.
    """

    journal: int
    left_open: str | None
    topics: list[TopicAnswer]
    desks: list[DeskAnswer]


class CheckAnswer(msgspec.Struct, frozen=True):
    """One check of the health page."""

    name: str
    ok: bool
    message: str


class HealthAnswer(msgspec.Struct, frozen=True):
    """Whether this process can do its work."""

    ok: bool
    checks: list[CheckAnswer]
