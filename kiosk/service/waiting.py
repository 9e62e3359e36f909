"""Forecast of the wait, from today's own service times at the desks at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import queue
from kiosk.domain.ticket import TicketState
from kiosk.domain.waiting.estimate import DeskAtWork, Simulation
from kiosk.domain.waiting.history import LOOKED_BACK, newcomers
from kiosk.domain.waiting.pace import pace_of
from kiosk.store import tickets

if TYPE_CHECKING:
    from kiosk.domain.ids import TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Snapshot, Transaction

Minutes = tuple[int, int]
"""At least and at most, until the first call."""


def ahead_of(transaction: Transaction, ticket: Ticket, now: Moment) -> int:
    """How many waiting people are to be called before this ticket."""
    desks = [desk.topics for desk in transaction.desk_states()]
    return len(queue.entries_ahead(transaction.waiting(), ticket, desks, now))


class Forecast:
    """Forecast of the waits at one moment. Read from a snapshot, then worked out without it."""

    def __init__(self, snapshot: Snapshot, now: Moment) -> None:
        history, states = tickets.history(snapshot.connection), snapshot.desk_states()
        desks = [
            DeskAtWork(desk.topics, history.at_desk_since(desk.id, now))
            for desk in states
            if desk.at_work
        ]
        self._now = now
        self._desk_topics = [desk.topics for desk in states]
        self._topics = [topic.id for topic in snapshot.profile.topics]
        self._line = queue.in_order(snapshot.waiting(), now)
        self._newcomers = newcomers(tickets.latest(snapshot.connection, LOOKED_BACK), now)
        self._simulation = Simulation(desks, pace_of(history))

    def ahead_of(self, ticket: Ticket) -> int:
        """How many waiting people are to be called before this ticket."""
        return len(queue.rivals_before(self._line, ticket, self._desk_topics, self._now))

    def of_topics(self) -> dict[TopicId, Minutes]:
        """The wait of a ticket taken now, by topic; without the unknown ones."""
        waits = {topic: self.wait(topic) for topic in self._topics}
        return {topic: minutes for topic, minutes in waits.items() if minutes}

    def wait_of(self, ticket: Ticket) -> Minutes | None:
        """The range of a ticket's wait; None while it is unknown, or once it was called.

        People who came early for an appointment know its time.
        """
        waiting = queue.queue_entry(ticket)
        time, now = waiting.appointment, self._now
        early = time is not None and now.trusted and time > now.wall
        if ticket.state is not TicketState.WAITING or early:
            return None
        before = queue.in_front(self._line, waiting, now)
        later = None if ticket.priority else self._newcomers
        return self._simulation.wait_range(ticket.topic, [w.topic for w in before], later)

    def wait(self, topic: TopicId) -> Minutes | None:
        """The wait of a person behind all others."""
        all_waiting = [waiting.topic for waiting in self._line]
        return self._simulation.wait_range(topic, all_waiting, self._newcomers)
