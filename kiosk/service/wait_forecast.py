"""Forecast of the wait, from today's own service times at the desks at work.

Each holder of a slip sees it: so place and wait depend on no more than the numbers show. All topics
that they do not tell apart count as one (docs/decisions/0024-nothing-public-by-topic.md).
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kiosk.domain import queue
from kiosk.domain.ticket import TicketState
from kiosk.domain.waiting.estimate import DeskAtWork, Simulation
from kiosk.domain.waiting.history import LOOK_BACK, DueAppointment, expected_arrivals
from kiosk.domain.waiting.pace import pace_of
from kiosk.service.appointments import due_within
from kiosk.store import tickets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from kiosk.domain.desk import DeskState
    from kiosk.domain.ids import DeskId, GroupId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.queue import QueueEntry
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Snapshot, Transaction

Minutes = tuple[int, int]
"""At least and at most, until the first call."""

LEAST_SHARE: Final = 1 / 3
"""A desk that handles less of the topics which look alike shortens the wait of few of them."""


_LOOK_AHEAD = timedelta(hours=3)
"""Appointments after that are not reckoned with."""


class CoarseQueue:
    """The queue as its numbers tell it."""

    def __init__(self, transaction: Transaction, now: Moment) -> None:
        self._now = now
        self._desks = coarse_desks(transaction.desk_states(), transaction.profile)
        self.line = queue.sorted_entries(transaction.waiting(), now)

    def topics_of(self, desk_id: DeskId) -> Collection[TopicId]:
        return self._desks[desk_id]

    def ahead_of(self, ticket: Ticket) -> int:
        """How many waiting people are to be called before this ticket, as far as numbers tell."""
        return len(queue.callable_before(self.line, ticket, self._desks.values(), self._now))


def coarse_desks(
    desks: Iterable[DeskState], profile: Profile
) -> Mapping[DeskId, frozenset[TopicId]]:
    """The topics that each desk handles, as if it handled all that look alike, or none of them.

    It handles those of which it has enough; where no desk has enough, each that has any. Topics
    that an update has taken away stand alone: people may still wait for them.
    """
    handled = tuple((desk.id, desk.topics) for desk in desks)
    return _coarse_desks(handled, profile.indistinguishable_topics)


@lru_cache(maxsize=16)
def _coarse_desks(
    desks: tuple[tuple[DeskId, frozenset[TopicId]], ...],
    indistinguishable: tuple[frozenset[TopicId], ...],
) -> Mapping[DeskId, frozenset[TopicId]]:
    handled = {desk: topics.difference(*indistinguishable) for desk, topics in desks}
    for alike in indistinguishable:
        shares = {desk: len(alike & topics) / len(alike) for desk, topics in desks}
        enough = any(share >= LEAST_SHARE for share in shares.values())
        for desk, share in shares.items():
            if share >= LEAST_SHARE or (share and not enough):
                handled[desk] |= alike
    return handled


def ahead_of(transaction: Transaction, ticket: Ticket, now: Moment) -> int:
    """How many waiting people are to be called before this ticket."""
    return CoarseQueue(transaction, now).ahead_of(ticket)


class Forecast:
    """Forecast of the waits at one moment. Read from a snapshot, then worked out without it."""

    def __init__(self, snapshot: Snapshot, now: Moment) -> None:
        self._now, self._profile = now, snapshot.profile
        self._queue = CoarseQueue(snapshot, now)
        self._newcomers = expected_arrivals(tickets.latest(snapshot.connection, LOOK_BACK), now)
        self._coarse = coarse = snapshot.profile.representative
        self._topics = [coarse(waiting.topic) for waiting in self._queue.line]
        early = [waiting for waiting in self._queue.line if _is_early(waiting, now)]
        self._behind_all = len(self._topics) - len(early)
        self._due = _due(snapshot, early, now)
        history = tickets.history(snapshot.connection)
        desks = []
        for desk in snapshot.desk_states():
            if desk.at_work:
                there = history.at_desk_since(desk.id, now)
                present = (coarse(there[0]), there[1]) if there else None
                desks.append(DeskAtWork(self._queue.topics_of(desk.id), present))
        self._simulation = Simulation(
            desks, pace_of(history, tuple(self._profile.representatives.items()))
        )
        self._offered = snapshot.visit.topics if snapshot.visit else ()

    def ahead_of(self, ticket: Ticket) -> int:
        """How many waiting people are to be called before this ticket."""
        return self._queue.ahead_of(ticket)

    def of_groups(self) -> dict[GroupId, Minutes]:
        """The wait of a ticket taken now, by topic group on offer; without the unknown ones."""
        first = {self._profile.topic(topic).group: topic for topic in reversed(self._offered)}
        waits = {group: self.wait(topic) for group, topic in first.items()}
        return {group: minutes for group, minutes in waits.items() if minutes}

    def wait_of(self, ticket: Ticket) -> Minutes | None:
        """The range of a ticket's wait; None while it is unknown, or once it was called.

        People who came early for an appointment know its time.
        """
        waiting = queue.queue_entry(ticket)
        time, now = waiting.appointment, self._now
        if ticket.state is not TicketState.WAITING or _is_early(waiting, now):
            return None
        before = len(queue.entries_before(self._queue.line, waiting, now))
        later = None if ticket.priority else self._newcomers
        own = self._coarse(ticket.topic)
        due = [one for at, one in self._due if time is None or at < time]
        return self._simulation.wait_range(own, self._topics[:before], later, due)

    def wait(self, topic: TopicId) -> Minutes | None:
        """The wait of a person who comes now, behind all who are not early for an appointment."""
        ahead, due = self._topics[: self._behind_all], [one for _, one in self._due]
        return self._simulation.wait_range(self._coarse(topic), ahead, self._newcomers, due)


def _is_early(waiting: QueueEntry, now: Moment) -> bool:
    return waiting.appointment is not None and now.trusted and waiting.appointment > now.wall


def _due(
    snapshot: Snapshot, early: list[QueueEntry], now: Moment
) -> list[tuple[datetime, DueAppointment]]:
    """The appointments of the next hours that go before walk-ins, with their times and in order.

    Of those not here yet, the ones whose holders would still keep them.
    """
    profile = snapshot.profile
    found = [(one.time, one.topic, False) for one in due_within(snapshot, now, _LOOK_AHEAD)]
    found += [(one.appointment, one.topic, True) for one in early if one.appointment]
    return [
        (at, DueAppointment(profile.representative(topic), (at - now.wall).total_seconds(), here))
        for at, topic, here in sorted(found)
    ]
