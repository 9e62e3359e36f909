"""A ticket's state machine: each transition returns the changed ticket and its event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.domain.errors import WrongState
from kiosk.domain.events import (
    PriorityChanged,
    RecordAmended,
    ServiceStarted,
    TicketCalled,
    TicketEvent,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketPutBack,
    TicketRecalled,
    TicketReturned,
    TicketTakenUp,
    TicketTransferred,
    TicketWithdrawn,
)

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.ids import DeskId, LanguageCode, OutcomeId, TicketId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.record import Record


class TicketState(StrEnum):
    """Where a ticket stands; every ticket is in exactly one state."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"


AT_DESK = frozenset({TicketState.CALLED, TicketState.SERVING})
ENDED = frozenset({TicketState.FINISHED, TicketState.WITHDRAWN})
OPEN = frozenset(TicketState) - ENDED
AWAY = frozenset({TicketState.PARKED, TicketState.MISSED}) | ENDED
"""Neither in line nor at a desk: from there staff call again, or let wait again."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One citizen's number.

    `sequence` is the order of taking within the visit, `place` the order of calling (see `queue`),
    `misses` how many calls were in vain. The waiting time ends at `first_call`; later calls leave
    it. `started` is the begin of the first talk, `talk_since` that of the one that goes on, and
    `talked_s` the seconds of all that are over, None if one of them was not measured. `code` is the
    unguessable name of the ticket's page. `appointment` is the time in UTC at which the person is
    expected, `late` says that they came too long after it. `ahead` and `wait_min` are what they
    were told: so many people first, and so many minutes at least and at most (None: unknown).
    `to_desk`, `sender` and `sender_place` are those of a transfer, until the next call (see
    `queue.QueueEntry`). One drawn `by_phone` has no slip.
    """

    id: TicketId
    number: str
    sequence: int
    topic: TopicId
    language: LanguageCode
    priority: bool
    place: int
    taken: Moment
    state: TicketState = TicketState.WAITING
    desk: DeskId | None = None
    misses: int = 0
    first_call: Moment | None = None
    last_call: Moment | None = None
    started: Moment | None = None
    talk_since: Moment | None = None
    talked_s: float | None = 0.0
    ended: Moment | None = None
    record: Record | None = None
    code: str = ""
    appointment: datetime | None = None
    late: bool = False
    ahead: int = 0
    wait_min: tuple[int, int] | None = None
    to_desk: DeskId | None = None
    sender: DeskId | None = None
    sender_place: int | None = None
    by_phone: bool = False

    @property
    def outcome(self) -> OutcomeId | None:
        """How the talk ended, if it has."""
        return self.record.outcome if self.record else None

    def seconds_talked(self, now: Moment) -> float | None:
        """For how long there were talks with this person up to now; None if that is unknown."""
        if self.talk_since is None or self.talked_s is None:
            return self.talked_s
        seconds = now.seconds_since(self.talk_since)
        return None if seconds is None else self.talked_s + seconds


Transition = tuple[Ticket, TicketEvent]
"""The ticket as it is now, and what happened."""


def _allow(ticket: Ticket, action: str, *states: TicketState) -> None:
    if ticket.state not in states:
        raise WrongState(ticket.number, ticket.state, action)


def call(ticket: Ticket, desk: DeskId, now: Moment) -> Transition:
    """Ask the waiting person to a desk."""
    _allow(ticket, "called", TicketState.WAITING)
    return _called(ticket, desk, now), TicketCalled(ticket.id, ticket.number, desk)


def call_again(ticket: Ticket, desk: DeskId, now: Moment) -> Transition:
    """Call a ticket again that was set aside, or had ended."""
    _allow(ticket, "taken up", *AWAY)
    called = _called(_reopened(ticket), desk, now)
    return called, TicketTakenUp(ticket.id, ticket.number, desk)


def put_back(ticket: Ticket, place: int) -> Transition:
    """Put a parked, missed or ended ticket back into the queue, at `place`."""
    _allow(ticket, "put back", *AWAY)
    waiting = replace(_reopened(ticket), state=TicketState.WAITING, desk=None, place=place)
    return waiting, TicketPutBack(ticket.id, ticket.number)


def _reopened(ticket: Ticket) -> Ticket:
    """A ticket without its end. Of a first talk the record holds until there is another one."""
    return replace(ticket, ended=None)


def _called(ticket: Ticket, desk: DeskId, now: Moment) -> Ticket:
    return replace(
        ticket,
        state=TicketState.CALLED,
        desk=desk,
        first_call=ticket.first_call or now,
        last_call=now,
        to_desk=None,
        sender=None,
        sender_place=None,
    )


def recall(ticket: Ticket, desk: DeskId) -> Transition:
    """Ring again for a called citizen who has not come yet."""
    _allow(ticket, "called again", TicketState.CALLED)
    return ticket, TicketRecalled(ticket.id, ticket.number, desk)


def start(ticket: Ticket, desk: DeskId, now: Moment) -> Transition:
    """Begin the talk: the called citizen has come."""
    _allow(ticket, "served", TicketState.CALLED)
    first = (
        now if ticket.talked_s is not None else None
    )  # unknown: a talk was not marked as started
    started = ticket.started or first
    changed = replace(ticket, state=TicketState.SERVING, started=started, talk_since=now)
    return changed, ServiceStarted(ticket.id, ticket.number, desk)


def finish(ticket: Ticket, desk: DeskId, record: Record, now: Moment) -> Transition:
    """End the talk. A called citizen has come even where staff did not mark its start.

    Without an outcome the record of an earlier talk holds.
    """
    _allow(ticket, "finished", TicketState.CALLED, TicketState.SERVING)
    over = _without_talk(ticket, now)
    if ticket.state is TicketState.CALLED:
        over = replace(over, talked_s=None)
    kept = record.after(ticket.record)
    changed = replace(over, state=TicketState.FINISHED, ended=now, record=kept)
    return changed, TicketFinished(ticket.id, ticket.number, desk, kept.outcome)


def amend(ticket: Ticket, desk: DeskId, record: Record) -> Transition:
    """Note afterwards how a talk ended; its end stays unknown if it was not recorded then."""
    _allow(ticket, "amended", *(frozenset(TicketState) - AT_DESK))
    state, was = TicketState.FINISHED, ticket.state
    changed = replace(ticket, state=state, desk=ticket.desk or desk, record=record)
    if was is state:
        return changed, RecordAmended(ticket.id, ticket.number)
    return changed, TicketFinished(ticket.id, ticket.number, desk, record.outcome)


def miss(ticket: Ticket, calls_before_missed: int, place_behind: int) -> Transition:
    """Note a call in vain: wait again at `place_behind`, until the calls are used up."""
    _allow(ticket, "missed", TicketState.CALLED)
    misses = ticket.misses + 1
    if misses >= calls_before_missed:
        missed = replace(ticket, state=TicketState.MISSED, desk=None, misses=misses)
        return missed, TicketMissed(ticket.id, ticket.number)
    waiting = replace(
        ticket, state=TicketState.WAITING, desk=None, misses=misses, place=place_behind
    )
    return waiting, TicketReturned(ticket.id, ticket.number)


def _without_talk(ticket: Ticket, now: Moment) -> Ticket:
    """The ticket with the talk that goes on, if one does, at its end."""
    return replace(ticket, talk_since=None, talked_s=ticket.seconds_talked(now))


def park(ticket: Ticket, now: Moment) -> Transition:
    """Set the ticket aside, number kept, until a desk takes it up."""
    _allow(ticket, "parked", TicketState.CALLED, TicketState.SERVING)
    parked = replace(_without_talk(ticket, now), state=TicketState.PARKED, desk=None)
    return parked, TicketParked(ticket.id, ticket.number)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Destination of a transfer: a topic, and one desk only or any other that handles it.

    `place` is theirs at other desks, `sender_place` at the one that sends them.
    """

    topic: TopicId
    to_desk: DeskId | None
    sender: DeskId
    place: int
    sender_place: int


def transfer(ticket: Ticket, to: Transfer, now: Moment) -> Transition:
    """Let the person wait for a topic or a desk, number kept: one person is counted once."""
    _allow(ticket, "transferred", TicketState.CALLED, TicketState.SERVING)
    waiting = replace(
        _without_talk(ticket, now),
        state=TicketState.WAITING,
        desk=None,
        topic=to.topic,
        place=to.place,
        to_desk=to.to_desk,
        sender=to.sender,
        sender_place=to.sender_place,
    )
    return waiting, TicketTransferred(ticket.id, ticket.number, to.topic, to.to_desk)


def change_topic(ticket: Ticket, topic: TopicId) -> Transition:
    """Let a waiting person wait for another topic, number and place kept."""
    _allow(ticket, "changed", TicketState.WAITING)
    return replace(ticket, topic=topic), TicketTransferred(ticket.id, ticket.number, topic)


def set_priority(ticket: Ticket, place: int, *, priority: bool) -> Transition:
    """Let a waiting person go ahead to `place`, or not any more."""
    _allow(ticket, "moved", TicketState.WAITING)
    moved = replace(ticket, priority=priority, place=place)
    return moved, PriorityChanged(ticket.id, ticket.number, priority)


def withdraw(ticket: Ticket, now: Moment, *, given_back: bool = False) -> Transition:
    """End the ticket of a citizen who has left, or has given it back."""
    _allow(ticket, "withdrawn", *OPEN)
    over = _without_talk(ticket, now)
    gone = replace(over, state=TicketState.WITHDRAWN, desk=None, ended=now)
    return gone, TicketWithdrawn(ticket.id, ticket.number, given_back)
