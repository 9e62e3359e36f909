"""Forecast of the wait, from today's own turns at the desks at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import queue
from kiosk.domain.ticket import TicketState
from kiosk.domain.waiting.estimate import DeskAtWork, wait_range
from kiosk.domain.waiting.turns import at_desk_since, newcomers, turns
from kiosk.store import tickets

if TYPE_CHECKING:
    from kiosk.domain.ids import TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Snapshot

Minutes = tuple[int, int]
"""At least and at most, until the first call."""

LOOKED_BACK = 300
"""People: a crowded day. Earlier turns tell little of the pace now, and reading costs."""


def waits_of_topics(view: Snapshot, now: Moment) -> dict[TopicId, Minutes]:
    """The wait of a ticket taken now, by topic; without the unknown ones."""
    return Forecast(view, now).of_topics()


class Forecast:
    """Forecast of the waits at one moment. Read from a snapshot, then worked out without it."""

    def __init__(self, view: Snapshot, now: Moment) -> None:
        called = tickets.latest_called(view.connection, LOOKED_BACK)
        self._now = now
        self._topics = [topic.id for topic in view.profile.topics]
        self._rank = queue.queue_order(now)
        self._line = sorted(view.waiting(), key=self._rank)
        self._desks = [
            DeskAtWork(desk.topics, at_desk_since(called, desk.id, now))
            for desk in view.desk_states()
            if desk.at_work
        ]
        self._turns = turns(called)
        self._newcomers = newcomers(tickets.latest(view.connection, LOOKED_BACK), now)

    def of_topics(self) -> dict[TopicId, Minutes]:
        """The wait of a ticket taken now, by topic; without the unknown ones."""
        told = {topic: self.wait(topic) for topic in self._topics}
        return {topic: minutes for topic, minutes in told.items() if minutes}

    def wait_of(self, ticket: Ticket) -> Minutes | None:
        """The range of a ticket's wait; None while it is unknown, or once it was called.

        People who came early for an appointment know its time.
        """
        waiting = queue.queue_entry(ticket)
        time, now = waiting.appointment, self._now
        early = time is not None and now.trusted and time > now.wall
        if ticket.state is not TicketState.WAITING or early:
            return None
        return self.wait(ticket.topic, waiting, ahead_only=ticket.priority)

    def wait(
        self, topic: TopicId, last: queue.QueueEntry | None = None, *, ahead_only: bool = False
    ) -> Minutes | None:
        """The wait of `last`, or of a walk-in at the end; none overtakes `ahead_only`."""
        before = [w.topic for w in self._line if last is None or self._rank(w) < self._rank(last)]
        later = None if ahead_only else self._newcomers
        return wait_range(topic, before, self._desks, self._turns, later)
