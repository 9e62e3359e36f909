"""What goes in and comes out, as JSON. Unknown members are refused."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from kiosk.domain.outcome import Outcome
from kiosk.domain.ticket import Ticket, TicketState

Name = Annotated[str, Meta(min_length=1, max_length=100)]
# Ids stay within what JavaScript can count and SQLite can keep.
Id = Annotated[int, Meta(ge=0, le=2**53)]


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a caller sends."""


class NextBody(Body, frozen=True):
    """`after` is the id of the ticket believed to be at the desk, null for nobody.

    If it is another one by now, a second click or browser has acted, and that ticket is the answer.
    """

    after: Id | UnsetType | None = UNSET


class FinishBody(Body, frozen=True):
    """How the talk ended. `referral` is the id of a partner: checked, but not stored yet."""

    outcome: Outcome
    referral: Name | None = None


class TransferBody(Body, frozen=True):
    """The topic for which the person waits from now on."""

    topic: Name


class TicketBody(Body, frozen=True):
    """One ticket, by its id."""

    ticket: Id


class WishBody(Body, frozen=True):
    """A number for somebody. Without `language` the profile's first one is meant."""

    topic: Name
    language: Name | None = None
    priority: bool = False
    appointment: Name | None = None


class ScoreBody(Body, frozen=True):
    """A smiley: 1 is the worst."""

    score: int


class OpenBody(Body, frozen=True):
    """Without `stop` the profile's first one is meant, without `topics` all of them."""

    stop: Name | None = None
    topics: Annotated[list[Name], Meta(min_length=1, max_length=500)] | None = None


class CloseBody(Body, frozen=True):
    """`force` closes although somebody still waits or is served."""

    force: bool = False


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


class TakenAnswer(msgspec.Struct, frozen=True):
    """A new number. The estimate is null while there are too few service times."""

    id: int
    number: str
    ahead: int
    estimate_minutes: tuple[int, int] | None = None


class FeedbackAnswer(msgspec.Struct, frozen=True):
    """A smiley that was kept."""

    id: int


class VisitAnswer(msgspec.Struct, frozen=True):
    """A visit: `id` counts the visits of this device."""

    id: int
    stop: str
    name: str


class TopicAnswer(msgspec.Struct, frozen=True):
    """An offered topic and how many wait for it."""

    id: str
    group: str
    waiting: int
    estimate_minutes: tuple[int, int] | None = None


class CallAnswer(msgspec.Struct, frozen=True):
    """A number called to a desk. `entry` is the id of the call: a recall is a newer one."""

    entry: int
    number: str
    desk: str


class DeskAnswer(msgspec.Struct, frozen=True):
    """A desk and its topics of today."""

    id: str
    topics: tuple[str, ...]


class StateAnswer(msgspec.Struct, frozen=True):
    """What everybody may know. `entry` is the id of the newest event that is told here.

    `called` are the numbers called and not yet come, newest first; `calls` are the last calls.
    """

    entry: int
    open: bool
    visit: VisitAnswer | None
    waiting: int
    topics: list[TopicAnswer]
    desks: list[DeskAnswer]
    called: list[CallAnswer]
    calls: list[CallAnswer]


class CheckAnswer(msgspec.Struct, frozen=True):
    """One check of the health page."""

    name: str
    ok: bool
    message: str


class HealthAnswer(msgspec.Struct, frozen=True):
    """Whether this process can do its work."""

    ok: bool
    checks: list[CheckAnswer]
