"""Order of the queue: which ticket a desk calls next.

A walk-in's place is its sequence, so first come is first served. A priority ticket (low mobility,
small children) stands `HEAD_START` places further ahead. An appointment stands before all walk-ins
from its time on; until then it is called only when no other ticket waits for the desk. After
`MOST_IN_A_ROW` appointments a desk calls a walk-in, if one waits for it. A ticket whose holder did
not come to a call stands right behind the next one that the same desk could have called, whether by
appointment or not. A transferred person keeps their place, but for the desk that sent them on they
stand behind all who waited then. So every wait is bounded: at most `HEAD_START` later walk-ins and,
for each walk-in called, `MOST_IN_A_ROW` appointments go before any ticket.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from kiosk.domain.ids import DeskId, TicketId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket

HEAD_START = 5
MOST_IN_A_ROW = 2

_DUE, _WALK_IN, _EARLY = range(3)
_NO_TIME = datetime.min.replace(tzinfo=UTC)


class QueueEntry(NamedTuple):
    """A waiting ticket, as far as the order is concerned.

    `appointment` is the time of one that still counts: a holder who came too late for it, or did
    not come to a call, waits like a walk-in. Of a transferred person `to_desk` is the only desk
    that calls them, if there is one; `sender` is who sent them on, and calls them like a walk-in at
    `sender_place`.
    """

    place: int
    misses: int
    sequence: int
    ticket: TicketId
    topic: TopicId
    appointment: datetime | None
    to_desk: DeskId | None = None
    sender: DeskId | None = None
    sender_place: int | None = None


class QueueTarget(Protocol):
    """The topic or the one desk for which a ticket waits: a ticket or its entry."""

    @property
    def topic(self) -> TopicId: ...

    @property
    def to_desk(self) -> DeskId | None: ...


Rank = tuple[int, datetime, int, int, int]


def queue_entry(ticket: Ticket) -> QueueEntry:
    """What the order needs to know of a ticket."""
    counts = not (ticket.late or ticket.misses)
    return QueueEntry(
        ticket.place,
        ticket.misses,
        ticket.sequence,
        ticket.id,
        ticket.topic,
        ticket.appointment if counts else None,
        ticket.to_desk,
        ticket.sender,
        ticket.sender_place,
    )


def queue_order(now: Moment) -> Callable[[QueueEntry], Rank]:
    """The sort key of the queue; the smallest is called first.

    While the clock is not trusted, an appointment is due as soon as it is checked in.
    """

    def rank(waiting: QueueEntry) -> Rank:
        time = waiting.appointment
        if time is None:
            return (_WALK_IN, _NO_TIME, waiting.place, waiting.misses, waiting.sequence)
        due = not now.trusted or time <= now.wall
        return (_DUE if due else _EARLY, time, waiting.place, waiting.misses, waiting.sequence)

    return rank


def initial_place(sequence: int, *, priority: bool) -> int:
    """The place of a ticket that has just been taken."""
    return sequence - HEAD_START if priority else sequence


def place_with_priority(ticket: Ticket, *, priority: bool) -> int:
    """The place of a waiting ticket that gets priority, or loses it.

    A ticket that was late for its appointment has the head start already.
    """
    if ticket.late or ticket.priority == priority:
        return ticket.place
    return ticket.place - HEAD_START if priority else ticket.place + HEAD_START


def sorted_entries(entries: Iterable[QueueEntry], now: Moment) -> list[QueueEntry]:
    walk_ins: list[QueueEntry] = []
    expected: list[QueueEntry] = []
    for waiting in entries:
        (walk_ins if waiting.appointment is None else expected).append(waiting)
    walk_ins.sort()  # as `queue_order` does, without asking it for each of hundreds
    if not expected:
        return walk_ins
    rank = queue_order(now)
    expected.sort(key=rank)
    due = sum(rank(waiting)[0] == _DUE for waiting in expected)
    return [*expected[:due], *walk_ins, *expected[due:]]


def waits_for(waiting: QueueTarget, desk: DeskId, topics: Collection[TopicId]) -> bool:
    """Whether a desk with these topics calls this person in turn."""
    return waiting.topic in topics if waiting.to_desk is None else waiting.to_desk == desk


def entries_for_desk(
    entries: Iterable[QueueEntry], desk: DeskId, topics: Collection[TopicId]
) -> list[QueueEntry]:
    """The entries that a desk with these topics may call, in no order, as they stand for it."""
    return [
        waiting._replace(place=waiting.sender_place, appointment=None)
        if waiting.sender == desk and waiting.sender_place is not None
        else waiting
        for waiting in entries
        if waits_for(waiting, desk, topics)
    ]


def place_behind_all(line: Iterable[QueueEntry], own: int) -> int:
    """The place behind all present entries, and before all later ones."""
    return max([own, *(waiting.place + 1 for waiting in line)])


def next_in_queue(entries: Iterable[QueueEntry], in_a_row: int, now: Moment) -> QueueEntry | None:
    """The entry that a desk calls next of those that it may call, if there is one.

    `in_a_row` is how many appointments it has called since its last walk-in.
    """
    line = sorted_entries(entries, now)
    walk_ins = (waiting for waiting in line if waiting.appointment is None)
    turn = next(walk_ins, None) if in_a_row >= MOST_IN_A_ROW else None
    return turn or next(iter(line), None)


def place_behind_next(line: Iterable[QueueEntry], absent: Ticket) -> int:
    """The place of an absent ticket: behind the next walk-in that the desk may call."""
    places = [waiting.place for waiting in line if waiting.appointment is None]
    if not places:
        return absent.place
    by_place = absent.appointment is None or absent.late or absent.misses
    return max(absent.place, min(places)) if by_place else min(places)


def callable_before(
    line: Sequence[QueueEntry],
    ticket: Ticket,
    desks: Iterable[Collection[TopicId]],
    now: Moment,
) -> list[QueueEntry]:
    """The entries of a sorted queue that some desk could call before this ticket.

    `desks` are their topics.
    """
    rivals = {topic for topics in desks if ticket.topic in topics for topic in topics}
    before = entries_before(line, queue_entry(ticket), now)
    return [waiting for waiting in before if waiting.topic in rivals]


def entries_before(
    line: Sequence[QueueEntry], waiting: QueueEntry, now: Moment
) -> Sequence[QueueEntry]:
    """The entries of a sorted queue before another one, which need not be among them."""
    rank = queue_order(now)
    return line[: bisect_left(line, rank(waiting), key=rank)]
