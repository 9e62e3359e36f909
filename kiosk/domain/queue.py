"""Who is next.

Tickets are called by place. A walk-in's place is its sequence, so first come is first served. A
priority ticket (low mobility, small children) stands `HEAD_START` places further ahead, which
bounds the wait: at most that many later tickets are called before anybody else. Somebody who did
not come to a call stands right behind the next person whom the same desk could have called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kiosk.domain.ids import TicketId, TopicId
    from kiosk.domain.ticket import Ticket

HEAD_START = 5


class Waiting(NamedTuple):
    """Somebody who waits, as far as the order is concerned: the smallest is called first."""

    place: int
    misses: int
    sequence: int
    ticket: TicketId
    topic: TopicId


def standing(ticket: Ticket) -> Waiting:
    """Where a ticket stands among the others."""
    return Waiting(ticket.place, ticket.misses, ticket.sequence, ticket.id, ticket.topic)


def first_place(sequence: int, *, priority: bool) -> int:
    """The place of a ticket that has just been taken."""
    return sequence - HEAD_START if priority else sequence


def following(everybody: Iterable[Waiting], topics: Collection[TopicId]) -> Waiting | None:
    """Whom a desk with these topics calls next, if anybody waits for it."""
    return min((w for w in everybody if w.topic in topics), default=None)


def place_behind_next(
    others: Iterable[Waiting], absent: Ticket, topics: Collection[TopicId]
) -> int:
    """Where somebody goes who did not come: behind the next person of this desk."""
    next_person = following(others, topics)
    return absent.place if next_person is None else max(absent.place, next_person.place)


def ahead(
    everybody: Iterable[Waiting], ticket: Ticket, desks: Iterable[Collection[TopicId]]
) -> int:
    """How many waiting people some desk could call before this ticket. `desks` are their topics."""
    rivals = {topic for topics in desks if ticket.topic in topics for topic in topics}
    mine = standing(ticket)
    return sum(other.topic in rivals and other < mine for other in everybody)
