"""What staff do with the people in the queue, from one desk."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from kiosk.domain import queue
from kiosk.domain import ticket as steps
from kiosk.domain.errors import DeskEmpty, TopicNotOffered, Unknown
from kiosk.domain.outcome import Outcome
from kiosk.service.office import Office, announce, open_visit_of
from kiosk.store import tickets

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.ids import DeskId
    from kiosk.domain.moment import Moment
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
    desk_id = office.profile.desk(desk).id
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        still_there = tickets.at_desk(connection, desk)
        if after is not UNSAID and after != (still_there.id if still_there else None):
            return still_there
        if still_there:
            finished = steps.finish(still_there, desk_id, Outcome.NOT_RECORDED, now)
            _keep(connection, finished, now, visit)
        topics = office.profile.topics_of_desk(desk)
        following = queue.following(tickets.waiting(connection), topics)
        if following is None:
            return None
        step = steps.call(_known(connection, following.ticket), desk_id, now)
        return _keep(connection, step, now, visit)


def present(office: Office, desk: str) -> Ticket:
    """Whom the desk has called or serves; raises `DeskEmpty`."""
    office.profile.desk(desk)
    with office.database.read() as connection:
        return _present(connection, desk)


def recall(office: Office, desk: str, now: Moment) -> Ticket:
    """Ring again for the person called to this desk."""
    return _at_desk(office, desk, now, steps.recall)


def start(office: Office, desk: str, now: Moment) -> Ticket:
    """The person has come to the desk."""
    return _at_desk(office, desk, now, lambda ticket, desk_id: steps.start(ticket, desk_id, now))


def finish(office: Office, desk: str, outcome: Outcome, now: Moment) -> Ticket:
    """The talk is over, with this outcome."""
    return _at_desk(
        office, desk, now, lambda ticket, desk_id: steps.finish(ticket, desk_id, outcome, now)
    )


def park(office: Office, desk: str, now: Moment) -> Ticket:
    """Set the person at the desk aside, number kept."""
    return _at_desk(office, desk, now, lambda ticket, _: steps.park(ticket))


def transfer(office: Office, desk: str, topic: str, now: Moment) -> Ticket:
    """Let the person at the desk wait for another topic, number and place kept."""
    office.profile.desk(desk)
    topic_id = office.profile.topic(topic).id
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        if topic_id not in visit.topics:
            raise TopicNotOffered(topic)
        step = steps.transfer(_present(connection, desk), topic_id)
        return _keep(connection, step, now, visit)


def miss(office: Office, desk: str, now: Moment) -> Ticket:
    """Nobody came to the call: the ticket waits again, or is missed when its calls are used up."""
    topics = office.profile.topics_of_desk(desk)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        absent = _present(connection, desk)
        place = queue.place_behind_next(tickets.waiting(connection), absent, topics)
        step = steps.miss(absent, office.profile.calls_before_missed, place)
        return _keep(connection, step, now, visit)


def take_up(office: Office, desk: str, ticket_id: int, now: Moment) -> Ticket:
    """Call a missed or parked person to this desk; whoever is still there is finished first."""
    desk_id = office.profile.desk(desk).id
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        taken_up = steps.take_up(_known(connection, ticket_id), desk_id, now)
        still_there = tickets.at_desk(connection, desk)
        if still_there:
            finished = steps.finish(still_there, desk_id, Outcome.NOT_RECORDED, now)
            _keep(connection, finished, now, visit)
        return _keep(connection, taken_up, now, visit)


def withdraw(office: Office, ticket_id: int, now: Moment) -> Ticket:
    """The person has left; the number is free again after the wrap."""
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        step = steps.withdraw(_known(connection, ticket_id), now)
        return _keep(connection, step, now, visit)


def _at_desk(
    office: Office, desk: str, now: Moment, step: Callable[[Ticket, DeskId], Step]
) -> Ticket:
    desk_id = office.profile.desk(desk).id
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        return _keep(connection, step(_present(connection, desk), desk_id), now, visit)


def _keep(connection: Connection, step: Step, now: Moment, visit: Visit) -> Ticket:
    ticket, event = step
    tickets.save(connection, ticket)
    announce(connection, event, now, visit)
    return ticket


def _present(connection: Connection, desk: str) -> Ticket:
    ticket = tickets.at_desk(connection, desk)
    if ticket is None:
        raise DeskEmpty(desk)
    return ticket


def _known(connection: Connection, ticket_id: int) -> Ticket:
    ticket = tickets.by_id(connection, ticket_id)
    if ticket is None:
        raise Unknown("ticket", str(ticket_id))
    return ticket
