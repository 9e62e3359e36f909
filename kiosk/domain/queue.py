"""Who is next.

A walk-in's place is its sequence, so first come is first served. A priority ticket (low mobility,
small children) stands `HEAD_START` places further ahead. An appointment stands before all walk-ins
from its time on; until then it is called only when nobody else waits for the desk. After
`MOST_IN_A_ROW` appointments a desk calls a walk-in, if one waits for it. Somebody who did not come
to a call stands right behind the next person whom the same desk could have called, whether by
appointment or not. So every wait is bounded: at most `HEAD_START` later walk-ins and, for each
walk-in called, `MOST_IN_A_ROW` appointments go before anybody.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from kiosk.domain.ids import TicketId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket

HEAD_START = 5
MOST_IN_A_ROW = 2

_DUE, _WALK_IN, _EARLY = range(3)
_NO_TIME = datetime.min.replace(tzinfo=UTC)


class Waiting(NamedTuple):
    """Somebody who waits, as far as the order is concerned.

    `appointment` is the time of one that still counts: whoever came too late for it, or was called
    and did not come, waits like a walk-in.
    """

    place: int
    misses: int
    sequence: int
    ticket: TicketId
    topic: TopicId
    appointment: datetime | None


Rank = tuple[int, datetime, int, int, int]


def standing(ticket: Ticket) -> Waiting:
    """Where a ticket stands among the others."""
    counts = not (ticket.late or ticket.misses)
    return Waiting(
        ticket.place,
        ticket.misses,
        ticket.sequence,
        ticket.id,
        ticket.topic,
        ticket.appointment if counts else None,
    )


def ranking(now: Moment) -> Callable[[Waiting], Rank]:
    """The key by which the line is sorted; the smallest is called first.

    Where nobody knows the time, an appointment is due as soon as the person is there.
    """

    def rank(waiting: Waiting) -> Rank:
        time = waiting.appointment
        if time is None:
            return (_WALK_IN, _NO_TIME, waiting.place, waiting.misses, waiting.sequence)
        due = not now.trusted or time <= now.wall
        return (_DUE if due else _EARLY, time, waiting.place, waiting.misses, waiting.sequence)

    return rank


def first_place(sequence: int, *, priority: bool) -> int:
    """The place of a ticket that has just been taken."""
    return sequence - HEAD_START if priority else sequence


def place_with_priority(ticket: Ticket, *, priority: bool) -> int:
    """The place of a waiting ticket that gets priority, or loses it.

    Whoever was late for an appointment has the head start already.
    """
    if ticket.late or ticket.priority == priority:
        return ticket.place
    return ticket.place - HEAD_START if priority else ticket.place + HEAD_START


def following(
    everybody: Iterable[Waiting], topics: Collection[TopicId], in_a_row: int, now: Moment
) -> Waiting | None:
    """Whom a desk with these topics calls next, if anybody waits for it.

    `in_a_row` is how many appointments it has called since its last walk-in.
    """
    rank = ranking(now)
    line = [waiting for waiting in everybody if waiting.topic in topics]
    walk_ins = [waiting for waiting in line if waiting.appointment is None]
    turn = walk_ins if walk_ins and in_a_row >= MOST_IN_A_ROW else line
    return min(turn, key=rank, default=None)


def place_behind_next(
    others: Iterable[Waiting], absent: Ticket, topics: Collection[TopicId]
) -> int:
    """Where somebody goes who did not come: behind the next walk-in of this desk."""
    places = [
        waiting.place
        for waiting in others
        if waiting.topic in topics and waiting.appointment is None
    ]
    if not places:
        return absent.place
    by_place = absent.appointment is None or absent.late or absent.misses
    return max(absent.place, min(places)) if by_place else min(places)


def ahead(
    everybody: Iterable[Waiting],
    ticket: Ticket,
    desks: Iterable[Collection[TopicId]],
    now: Moment,
) -> list[Waiting]:
    """Who waits and could be called by some desk before this ticket, in that order.

    `desks` are their topics.
    """
    rank = ranking(now)
    rivals = {topic for topics in desks if ticket.topic in topics for topic in topics}
    mine = rank(standing(ticket))
    return sorted((w for w in everybody if w.topic in rivals and rank(w) < mine), key=rank)
