"""Ticket import: numbers torn off a paper roll while the box was away, taken in later.

The roll may carry a letter of its own, or go on where the box stopped. When each number was torn
is unknown, so it is counted without an hour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import NoNumberRange, NumbersTaken, RollTooLong, TopicNotOffered
from kiosk.domain.events import TicketsImported
from kiosk.domain.moment import Moment
from kiosk.domain.record_validation import check_record
from kiosk.domain.ticket import TicketState
from kiosk.domain.undo_kind import UndoKind
from kiosk.service import new_tickets
from kiosk.service.action import action
from kiosk.store import tickets

if TYPE_CHECKING:
    from kiosk.domain.ids import TopicId
    from kiosk.domain.number import NumberRange
    from kiosk.domain.record import Record
    from kiosk.domain.ticket import Ticket
    from kiosk.service.action import Action
    from kiosk.service.office import Office

MOST_TORN: Final = 200
"""More at once is a slip of the pen: 310 for 031."""

TORN_AT_BOOT: Final = "roll"
"""No boot of this machine: no duration is ever told from it."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Numbers from a roll: served already with this record, or without one still waiting."""

    torn: NumberRange
    topic: str
    record: Record | None = None
    desk: str | None = None


def import_tickets(office: Office, request: ImportRequest, now: Moment) -> list[Ticket]:
    """Take in numbers from a roll: all or none.

    Raises `NumbersTaken` if one of them was given in this visit, `RollTooLong`, `NoVisitOpen`,
    `TopicNotOffered`, `Unknown`, and `NoNumberRange` without a letter where numbers have one.
    """
    torn, record = request.torn, request.record
    if len(torn.running_numbers()) > MOST_TORN:
        raise RollTooLong(len(torn.running_numbers()), MOST_TORN)
    if not torn.letter and office.profile.number_shows_group:
        raise NoNumberRange(*torn.ends)
    topic = office.profile.topic(request.topic).id
    if record:
        check_record(office.profile, record)
    with action(office, now, request.desk) as act:
        if topic not in act.visit.topics:
            raise TopicNotOffered(topic)
        _check_free(act, torn)
        state = TicketState.FINISHED if record else TicketState.WAITING
        with act.undoable(UndoKind.IMPORT):
            noted = replace(_as_noted(act, topic), state=state, record=record)
            taken = new_tickets.insert_from_roll(act, noted, torn)
            act.announce(TicketsImported(taken[0].number, taken[-1].number))
    return taken


def _check_free(act: Action, torn: NumberRange) -> None:
    given = {ticket.number for ticket in tickets.list_all(act.connection)}
    if already := tuple(written for written in torn.ticket_numbers() if written in given):
        raise NumbersTaken(already)


def _as_noted(act: Action, topic: TopicId) -> Ticket:
    """What is known of each: neither its language nor its time were noted."""
    torn_then = Moment(TORN_AT_BOOT, 0.0, act.now.wall, trusted=False)
    return new_tickets.walk_in(topic, act.profile.languages[0], torn_then)
