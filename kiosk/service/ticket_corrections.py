"""Corrections by staff: of numbers that are not at a desk, without undoing what happened since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import queue
from kiosk.domain import ticket as transitions
from kiosk.domain.errors import TopicNotOffered
from kiosk.domain.record_validation import check_record
from kiosk.domain.ticket import TicketState
from kiosk.domain.undo_kind import UndoKind
from kiosk.service.action import action, desk_action
from kiosk.service.reminders import is_call_back, promise_call_back
from kiosk.service.staff import check_number_is_free

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.record import Record
    from kiosk.domain.ticket import Ticket
    from kiosk.service.action import Action
    from kiosk.service.office import Office

_BEHIND_THE_NEXT = frozenset({TicketState.MISSED, TicketState.FINISHED})
"""They have had their turn; parked tickets, and those ended by mistake, keep their place."""


def put_back(office: Office, ticket_id: int, now: Moment, *, desk: str | None = None) -> Ticket:
    """Put a parked, missed or ended ticket back into the queue."""
    with action(office, now, desk) as act:
        ticket = act.ticket(ticket_id)
        check_number_is_free(act, ticket)
        transition = transitions.put_back(ticket, place_back_in_line(act, ticket))
        with act.undoable(UndoKind.PUT_BACK):
            return act.apply(transition)


def change_topic(
    office: Office, ticket_id: int, topic: str, now: Moment, *, desk: str | None = None
) -> Ticket:
    """Let a waiting person wait for another topic. Said twice, it changes nothing."""
    topic_id = office.profile.topic(topic).id
    with action(office, now, desk) as act:
        if topic_id not in act.visit.topics:
            raise TopicNotOffered(topic)
        ticket = act.ticket(ticket_id)
        transition = transitions.change_topic(ticket, topic_id)
        if ticket.topic == topic_id:
            return ticket
        with act.undoable(UndoKind.TOPIC):
            return act.apply(transition)


def amend(office: Office, desk: str, ticket_id: int, record: Record, now: Moment) -> Ticket:
    """Note later how a talk ended, or correct it. Raises `Unknown` for the referral."""
    check_record(office.profile, record)
    with desk_action(office, desk, now) as act:
        ticket = act.ticket(ticket_id)
        transition = transitions.amend(ticket, act.desk, record)
        if transition[0] == ticket:
            return ticket
        with act.undoable(UndoKind.AMEND):
            amended = act.apply(transition)
        if is_call_back(act.profile, record) and not is_call_back(act.profile, ticket.record):
            promise_call_back(act, amended)
    return amended


def place_back_in_line(act: Action, ticket: Ticket) -> int:
    """The place of a ticket that is put back."""
    if ticket.state not in _BEHIND_THE_NEXT:
        return ticket.place
    topics = act.desk_state(act.desk).topics if act.desk else frozenset()
    rivals = topics | {ticket.topic}
    line = [waiting for waiting in act.waiting() if waiting.topic in rivals]
    return queue.place_behind_next(line, ticket)
