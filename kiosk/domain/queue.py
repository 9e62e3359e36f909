"""Who is next.

Tickets are called by place. A walk-in's place is its sequence, so first come is first served. A
priority ticket (low mobility, small children) stands `HEAD_START` places further ahead, which
bounds the wait: at most that many later tickets are called before anybody else. Somebody who did
not come to a call stands right behind the next person whom the same desk could have called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ticket import Ticket, TicketState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kiosk.domain.ids import TopicId

HEAD_START = 5


def first_place(sequence: int, *, priority: bool) -> int:
    """The place of a ticket that has just been taken."""
    return sequence - HEAD_START if priority else sequence


def order(ticket: Ticket) -> tuple[int, int, int]:
    """The key by which waiting tickets are called."""
    return ticket.place, ticket.misses, ticket.sequence


def next_ticket(tickets: Iterable[Ticket], topics: Collection[TopicId]) -> Ticket | None:
    """The ticket that a desk with these topics calls next, if anybody waits for it."""
    return min(_waiting_for(tickets, topics), key=order, default=None)


def place_behind_next(
    tickets: Iterable[Ticket], absent: Ticket, topics: Collection[TopicId]
) -> int:
    """Where somebody goes who did not come: behind the next person of this desk."""
    following = next_ticket((t for t in tickets if t.id != absent.id), topics)
    return absent.place if following is None else max(absent.place, following.place)


def ahead(tickets: Iterable[Ticket], ticket: Ticket, desks: Iterable[Collection[TopicId]]) -> int:
    """How many waiting people some desk could call before this ticket. `desks` are their topics."""
    rivals = {topic for topics in desks if ticket.topic in topics for topic in topics}
    mine = order(ticket)
    return sum(order(t) < mine for t in _waiting_for(tickets, rivals))


def _waiting_for(tickets: Iterable[Ticket], topics: Collection[TopicId]) -> Iterable[Ticket]:
    return (t for t in tickets if t.state is TicketState.WAITING and t.topic in topics)
