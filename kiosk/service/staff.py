"""Actions of staff on the queue, from one desk.

`ticket` is the id of the ticket that the caller believes to be there. If it is another one by now,
a second browser has acted: then the step is refused with `AnotherAtDesk`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from kiosk.domain import queue
from kiosk.domain import ticket as transitions
from kiosk.domain.errors import (
    AnotherAtDesk,
    DeskEmpty,
    NumberGivenAgain,
    StillServed,
    TopicNotOffered,
    TransferNowhere,
)
from kiosk.domain.events import EnquiryCounted
from kiosk.domain.record import NO_RECORD
from kiosk.domain.record_validation import check_record
from kiosk.domain.ticket import ENDED, TicketState, Transfer
from kiosk.domain.undo_kind import UndoKind
from kiosk.service.action import Action, DeskAction, action, desk_action
from kiosk.service.reminders import is_call_back, promise_call_back
from kiosk.service.undo_log import check_last
from kiosk.store import enquiries, tickets
from kiosk.store.enquiries import Enquiry

if TYPE_CHECKING:
    from kiosk.domain.ids import DeskId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.record import Record
    from kiosk.domain.ticket import Ticket, Transition
    from kiosk.service.office import Office, Snapshot

_LEAVING = {TicketState.CALLED: UndoKind.MISS, TicketState.SERVING: UndoKind.FINISH}
"""What Next does to the person at a desk whose queue is empty."""


@dataclass(frozen=True, slots=True)
class CountRequest:
    """A person to be counted who was helped without a number.

    `after` is the id of the step that the caller believes to be the desk's last (None: none).
    """

    topic: str
    record: Record
    after: int | UnsetType | None = UNSET


@dataclass(frozen=True, slots=True)
class Present:
    """What is known of the person at a desk that calls out of turn.

    `ticket` is the id that the caller believes to be there (None: an empty desk). `park` sets a
    person who is served there aside.
    """

    ticket: int | UnsetType | None = UNSET
    park: bool = False


UNKNOWN_PRESENT = Present()


@dataclass(frozen=True, slots=True)
class TransferTarget:
    """Where the person at a desk is sent: to a topic, to another desk, or both."""

    topic: str | None = None
    desk: str | None = None


def call_next(
    office: Office, desk: str, now: Moment, *, after: int | UnsetType | None = UNSET
) -> Ticket | None:
    """Call the next person for this desk; None when the queue is empty.

    A ticket called to the desk and not started becomes a call in vain. A person
    who is served there is finished, outcome not recorded. `after` is the id of the ticket that the
    caller believes to be there (None: an empty desk): if it is another one by now, a second click
    or a second browser has acted already, and the ticket there is the answer.
    """
    with desk_action(office, desk, now) as act:
        act.check_left_open()
        today, still_there = act.desk_state(act.desk), act.at_desk()
        if after is not UNSET and after != (still_there.id if still_there else None):
            return still_there
        line = queue.entries_for_desk(act.waiting(), act.desk, today.topics)
        following = queue.next_in_queue(line, today.in_a_row, now)
        if following is None:
            if still_there:
                with act.undoable(_LEAVING[still_there.state]):
                    _leave(act, still_there)
            return None
        in_a_row = 0 if following.appointment is None else today.in_a_row + 1
        with act.undoable(UndoKind.NEXT):
            if still_there:
                _leave(act, still_there)
            called = act.apply(transitions.call(act.ticket(following.ticket), act.desk, now))
        act.update_desk(today, replace(today, at_work=True, in_a_row=in_a_row))
        return called


def call(
    office: Office, desk: str, ticket_id: int, now: Moment, present: Present = UNKNOWN_PRESENT
) -> Ticket:
    """Call a person out of turn: who waits, was missed or parked, or whose ticket had ended.

    A ticket called to the desk before becomes a call in vain; a person served there is parked if
    that is asked for, else this is refused with `StillServed`. So it is if another one than the
    `present` one is there (`AnotherAtDesk`). Called again, because a click was doubled or its
    answer got lost, it changes nothing.
    """
    with desk_action(office, desk, now) as act:
        act.check_left_open()
        today, chosen, still_there = act.desk_state(act.desk), act.ticket(ticket_id), act.at_desk()
        if still_there and still_there.id == chosen.id:
            return still_there
        if still_there and present.ticket is not UNSET and present.ticket != still_there.id:
            raise AnotherAtDesk(desk, still_there.number)
        check_number_is_free(act, chosen)
        move = transitions.call if chosen.state is TicketState.WAITING else transitions.call_again
        with act.undoable(UndoKind.CALL):
            if still_there:
                _make_room(act, still_there, park=present.park)
            called = act.apply(move(chosen, act.desk, now))
        act.update_desk(today, replace(today, at_work=True))
        return called


def person_at(snapshot: Snapshot, desk: str) -> Ticket:
    """The person called to the desk or served there; raises `DeskEmpty`."""
    ticket = tickets.at_desk(snapshot.connection, snapshot.profile.desk(desk).id)
    if ticket is None:
        raise DeskEmpty(desk)
    return ticket


def recall(office: Office, desk: str, now: Moment, *, ticket: int | None = None) -> Ticket:
    """Ring again for the person called to this desk."""
    with desk_action(office, desk, now) as act:
        return act.apply(transitions.recall(act.person(ticket), act.desk))


def start(office: Office, desk: str, now: Moment, *, ticket: int | None = None) -> Ticket:
    """The person has come to the desk."""
    with desk_action(office, desk, now) as act:
        person = act.person(ticket)
        with act.undoable(UndoKind.START):
            return act.apply(transitions.start(person, act.desk, now))


def finish(
    office: Office, desk: str, record: Record, now: Moment, *, ticket: int | None = None
) -> Ticket:
    """The talk is over, with this on record. Raises `Unknown` for its referral."""
    check_record(office.profile, record)
    with desk_action(office, desk, now) as act:
        person = act.person(ticket)
        with act.undoable(UndoKind.FINISH):
            finished = act.apply(transitions.finish(person, act.desk, record, now))
        if is_call_back(act.profile, record):
            promise_call_back(act, finished)
    return finished


def park(office: Office, desk: str, now: Moment, *, ticket: int | None = None) -> Ticket:
    """Set the person at the desk aside, number kept."""
    with desk_action(office, desk, now) as act:
        person = act.person(ticket)
        with act.undoable(UndoKind.PARK):
            return act.apply(transitions.park(person, act.now))


def transfer(
    office: Office, desk: str, target: TransferTarget, now: Moment, *, ticket: int | None = None
) -> Ticket:
    """Send the person at the desk on: to another desk, to a topic, or both; number kept.

    Without a desk any that handles the topic calls them, the sender only after all who wait now.
    Raises `TransferNowhere`.
    """
    topic_id = office.profile.topic(target.topic).id if target.topic else None
    to_desk = office.profile.desk(target.desk).id if target.desk else None
    with desk_action(office, desk, now) as act:
        if to_desk == act.desk or (topic_id is None and to_desk is None):
            raise TransferNowhere
        if topic_id is not None and topic_id not in act.visit.topics:
            raise TopicNotOffered(topic_id)
        person = act.person(ticket)
        where = _transfer(act, person, topic_id, to_desk)
        transition = transitions.transfer(person, where, act.now)
        with act.undoable(UndoKind.TRANSFER):
            return act.apply(transition)


def _transfer(
    act: DeskAction, person: Ticket, topic: TopicId | None, target: DeskId | None
) -> Transfer:
    wanted = topic or person.topic
    own_line = queue.entries_for_desk(act.waiting(), act.desk, act.desk_state(act.desk).topics)
    behind = queue.place_behind_all(own_line, person.place)
    others = (other for other in act.desk_states() if other.id != act.desk and other.at_work)
    elsewhere = target is not None or any(wanted in other.topics for other in others)
    place = person.place if elsewhere else behind
    return Transfer(wanted, target, act.desk, place, behind)


def miss(office: Office, desk: str, now: Moment, *, ticket: int | None = None) -> Ticket:
    """No-show: the ticket waits again, or is missed when its calls are used up."""
    with desk_action(office, desk, now) as act:
        absent = act.person(ticket)
        with act.undoable(UndoKind.MISS):
            return act.apply(_missed(act, absent))


def withdraw(office: Office, ticket_id: int, now: Moment, *, desk: str | None = None) -> Ticket:
    """The person has left. Only with the desk that said so can it be undone."""
    with action(office, now, desk) as act:
        transition = transitions.withdraw(act.ticket(ticket_id), now)
        with act.undoable(UndoKind.WITHDRAW):
            return act.apply(transition)


def set_priority(
    office: Office, ticket_id: int, now: Moment, *, priority: bool, desk: str | None = None
) -> Ticket:
    """Let a waiting person go ahead, or not any more. Said twice, it changes nothing."""
    with action(office, now, desk) as act:
        ticket = act.ticket(ticket_id)
        place = queue.place_with_priority(ticket, priority=priority)
        transition = transitions.set_priority(ticket, place, priority=priority)
        if ticket.priority == priority:
            return ticket
        with act.undoable(UndoKind.PRIORITY):
            return act.apply(transition)


def count(office: Office, desk: str, request: CountRequest, now: Moment) -> None:
    """Count a person who was helped without a number.

    If the desk's last step is not the one that the request names, this may be the second try of a
    count that arrived: it is refused with `AnotherActionSince`.
    """
    topic_id = office.profile.topic(request.topic).id
    check_record(office.profile, request.record)
    with desk_action(office, desk, now) as act:
        act.check_left_open()
        if request.after is not UNSET:
            check_last(act, request.after)
        enquiry_id = enquiries.insert(act.connection, Enquiry(topic_id, request.record, now))
        act.announce(EnquiryCounted(act.desk))
        act.record_enquiry(enquiry_id)


def check_number_is_free(act: Action, ticket: Ticket) -> None:
    """Raise `NumberGivenAgain` if an ended ticket would be the second one open with its number."""
    if ticket.state in ENDED and ticket.number in tickets.open_numbers(act.connection):
        raise NumberGivenAgain(ticket.number)


def _leave(act: DeskAction, person: Ticket) -> None:
    """What Next means for the person at the desk."""
    if person.state is TicketState.CALLED:
        act.apply(_missed(act, person))
    else:
        act.apply(transitions.finish(person, act.desk, NO_RECORD, act.now))


def _make_room(act: DeskAction, person: Ticket, *, park: bool) -> None:
    """What a call out of turn means for them: no talk ends by it without an outcome."""
    if person.state is TicketState.CALLED:
        act.apply(_missed(act, person))
    elif park:
        act.apply(transitions.park(person, act.now))
    else:
        raise StillServed(act.desk, person.number)


def _missed(act: DeskAction, absent: Ticket) -> Transition:
    line = queue.entries_for_desk(act.waiting(), act.desk, act.desk_state(act.desk).topics)
    place = queue.place_behind_next(line, absent)
    return transitions.miss(absent, act.profile.calls_before_missed, place)
