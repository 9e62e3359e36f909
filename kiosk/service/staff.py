"""What staff do with the people in the queue, from one desk.

`ticket` is the id of the ticket that the caller believes to be there. If it is another one by now,
a second browser has acted: then the step is refused with `AnotherAtDesk`.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from kiosk.domain import queue
from kiosk.domain import ticket as steps
from kiosk.domain.action import ActionKind
from kiosk.domain.errors import AnotherAtDesk, DeskEmpty, TopicNotOffered, Unknown
from kiosk.domain.events import EnquiryCounted
from kiosk.domain.record import NOT_RECORDED
from kiosk.domain.ticket import TicketState
from kiosk.service.desks import desk_today, keep
from kiosk.service.office import Office, announce, open_visit_of, tell_offer
from kiosk.service.undo_log import check_last, keep_enquiry, kept
from kiosk.store import enquiries, tickets
from kiosk.store.enquiries import Enquiry

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.ids import DeskId
    from kiosk.domain.moment import Moment
    from kiosk.domain.record import Record
    from kiosk.domain.ticket import Step, Ticket
    from kiosk.domain.visit import Visit
    from kiosk.store.database import Connection


class Unsaid(Enum):
    """The caller does not say whom it believes to be at the desk."""

    UNSAID = "unsaid"


UNSAID: Final = Unsaid.UNSAID


def call_next(
    office: Office, desk: str, now: Moment, *, after: int | Unsaid | None = UNSAID
) -> Ticket | None:
    """Call whoever is next for this desk; None when nobody waits.

    Whoever is still at the desk is finished first, outcome not recorded. `after` is the id of the
    ticket that the caller believes to be there (None: nobody): if it is another one by now, a
    second click or a second browser has acted already, and the ticket at the desk is the answer.
    """
    office.profile.desk(desk)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        today = desk_today(office.profile, connection, desk)
        still_there = tickets.at_desk(connection, desk)
        if after is not UNSAID and after != (still_there.id if still_there else None):
            return still_there
        waiting = tickets.waiting(connection)
        following = queue.following(waiting, today.topics, today.in_a_row, now)
        if following is None:
            if still_there:
                with kept(connection, today.id, ActionKind.FINISH, [still_there.id], now):
                    _finish_unrecorded(connection, still_there, today.id, now, visit)
            return None
        in_a_row = 0 if following.appointment is None else today.in_a_row + 1
        step = steps.call(_known(connection, following.ticket), today.id, now)
        called = _bring(connection, ActionKind.NEXT, step, still_there, now=now, visit=visit)
        keep(office.profile, connection, replace(today, at_work=True, in_a_row=in_a_row))
        return called


def call(
    office: Office, desk: str, ticket_id: int, now: Moment, *, after: int | Unsaid | None = UNSAID
) -> Ticket:
    """Call somebody out of turn: a waiting person, or one who was missed or parked.

    Whoever is still at the desk is finished first, outcome not recorded; not if it is somebody else
    than `after`. Called again, because a click was doubled or its answer got lost, it changes
    nothing.
    """
    office.profile.desk(desk)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        today = desk_today(office.profile, connection, desk)
        chosen = _known(connection, ticket_id)
        still_there = tickets.at_desk(connection, desk)
        if still_there and still_there.id == chosen.id:
            return still_there
        if still_there and after is not UNSAID and after != still_there.id:
            raise AnotherAtDesk(desk, still_there.number)
        step_of = steps.call if chosen.state is TicketState.WAITING else steps.take_up
        step = step_of(chosen, today.id, now)
        called = _bring(connection, ActionKind.CALL, step, still_there, now=now, visit=visit)
        keep(office.profile, connection, replace(today, at_work=True))
        return called


def present(office: Office, desk: str) -> Ticket:
    """Whom the desk has called or serves; raises `DeskEmpty`."""
    office.profile.desk(desk)
    with office.database.read() as connection:
        return _present(connection, desk)


def recall(office: Office, desk: str, now: Moment, *, ticket: int | None = None) -> Ticket:
    """Ring again for the person called to this desk."""
    desk_id = office.profile.desk(desk).id
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        step = steps.recall(_present(connection, desk, ticket), desk_id)
        return _save(connection, step, now, visit)


def start(office: Office, desk: str, now: Moment, *, ticket: int | None = None) -> Ticket:
    """The person has come to the desk."""

    def step(person: Ticket, desk_id: DeskId) -> Step:
        return steps.start(person, desk_id, now)

    return _at_desk(office, desk, ActionKind.START, now, step, ticket)


def finish(
    office: Office, desk: str, record: Record, now: Moment, *, ticket: int | None = None
) -> Ticket:
    """The talk is over, with this on record. Raises `Unknown` for a referral nobody knows."""
    _check_referral(office, record)

    def step(person: Ticket, desk_id: DeskId) -> Step:
        return steps.finish(person, desk_id, record, now)

    return _at_desk(office, desk, ActionKind.FINISH, now, step, ticket)


def park(office: Office, desk: str, now: Moment, *, ticket: int | None = None) -> Ticket:
    """Set the person at the desk aside, number kept."""
    return _at_desk(
        office, desk, ActionKind.PARK, now, lambda person, _: steps.park(person), ticket
    )


def transfer(
    office: Office, desk: str, topic: str, now: Moment, *, ticket: int | None = None
) -> Ticket:
    """Let the person at the desk wait for another topic, number and place kept."""
    topic_id = office.profile.topic(topic).id
    desk_id = office.profile.desk(desk).id
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        if topic_id not in visit.topics:
            raise TopicNotOffered(topic)
        person = _present(connection, desk, ticket)
        with kept(connection, desk_id, ActionKind.TRANSFER, [person.id], now):
            return _save(connection, steps.transfer(person, topic_id), now, visit)


def miss(office: Office, desk: str, now: Moment, *, ticket: int | None = None) -> Ticket:
    """Nobody came to the call: the ticket waits again, or is missed when its calls are used up."""
    office.profile.desk(desk)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        today = desk_today(office.profile, connection, desk)
        absent = _present(connection, desk, ticket)
        place = queue.place_behind_next(tickets.waiting(connection), absent, today.topics)
        step = steps.miss(absent, office.profile.calls_before_missed, place)
        with kept(connection, today.id, ActionKind.MISS, [absent.id], now):
            return _save(connection, step, now, visit)


def withdraw(office: Office, ticket_id: int, now: Moment, *, desk: str | None = None) -> Ticket:
    """The person has left. Only with the desk that said so can it be undone."""
    desk_id = office.profile.desk(desk).id if desk else None
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        step = steps.withdraw(_known(connection, ticket_id), now)
        with kept(connection, desk_id, ActionKind.WITHDRAW, [ticket_id], now):
            return _save(connection, step, now, visit)


def set_priority(
    office: Office, ticket_id: int, now: Moment, *, priority: bool, desk: str | None = None
) -> Ticket:
    """Let a waiting person go ahead, or not any more. Said twice, it changes nothing."""
    desk_id = office.profile.desk(desk).id if desk else None
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        ticket = _known(connection, ticket_id)
        place = queue.place_with_priority(ticket, priority=priority)
        step = steps.set_priority(ticket, place, priority=priority)
        if ticket.priority == priority:
            return ticket
        with kept(connection, desk_id, ActionKind.PRIORITY, [ticket_id], now):
            return _save(connection, step, now, visit)


def count(  # noqa: PLR0913 - what is counted, and the guard
    office: Office,
    desk: str,
    topic: str,
    record: Record,
    now: Moment,
    *,
    after: int | Unsaid | None = UNSAID,
) -> None:
    """Count somebody who was helped without a number.

    `after` is the id of the action that the caller believes to be the desk's last (None: none). If
    it is another one by now, this may be the second try of a count that arrived: it is refused with
    `AnotherActionSince`.
    """
    desk_id = office.profile.desk(desk).id
    topic_id = office.profile.topic(topic).id
    _check_referral(office, record)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        if after is not UNSAID:
            check_last(connection, desk_id, after)
        enquiry_id = enquiries.insert(connection, Enquiry(topic_id, record, now))
        keep_enquiry(connection, desk_id, enquiry_id, now)
        announce(connection, EnquiryCounted(desk_id), now, visit)


def _at_desk(  # noqa: PLR0913, PLR0917 - one transaction's things
    office: Office,
    desk: str,
    kind: ActionKind,
    now: Moment,
    step: Callable[[Ticket, DeskId], Step],
    believed: int | None,
) -> Ticket:
    desk_id = office.profile.desk(desk).id
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        person = _present(connection, desk, believed)
        with kept(connection, desk_id, kind, [person.id], now):
            return _save(connection, step(person, desk_id), now, visit)


def _bring(  # noqa: PLR0913 - one transaction's things
    connection: Connection,
    kind: ActionKind,
    step: Step,
    still_there: Ticket | None,
    *,
    now: Moment,
    visit: Visit,
) -> Ticket:
    """Call somebody to a desk, after whoever is still there has been finished."""
    called, _ = step
    leaving = [still_there.id] if still_there else []
    with kept(connection, called.desk, kind, [*leaving, called.id], now):
        if still_there and called.desk:
            _finish_unrecorded(connection, still_there, called.desk, now, visit)
        return _save(connection, step, now, visit)


def _finish_unrecorded(
    connection: Connection, ticket: Ticket, desk: DeskId, now: Moment, visit: Visit
) -> None:
    _save(connection, steps.finish(ticket, desk, NOT_RECORDED, now), now, visit)


def _save(connection: Connection, step: Step, now: Moment, visit: Visit) -> Ticket:
    ticket, event = step
    tickets.save(connection, ticket)
    announce(connection, event, now, visit)
    tell_offer(connection, visit, now)
    return ticket


def _check_referral(office: Office, record: Record) -> None:
    if record.referral is not None:
        office.profile.referral(record.referral)


def _present(connection: Connection, desk: str, believed: int | None = None) -> Ticket:
    ticket = tickets.at_desk(connection, desk)
    if ticket is None:
        raise DeskEmpty(desk)
    if believed is not None and believed != ticket.id:
        raise AnotherAtDesk(desk, ticket.number)
    return ticket


def _known(connection: Connection, ticket_id: int) -> Ticket:
    ticket = tickets.by_id(connection, ticket_id)
    if ticket is None:
        raise Unknown("ticket", str(ticket_id))
    return ticket
