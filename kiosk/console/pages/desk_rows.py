"""Tickets in words, as seen from one desk at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.console.pages.desk_choices import language_name
from kiosk.domain.ids import GERMAN, DeskId
from kiosk.domain.local_time import BERLIN
from kiosk.domain.queue import queue_entry, waits_for
from kiosk.domain.ticket import TicketState
from kiosk.service.desk_answers import staff_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.ids import TicketId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Snapshot

LONG_TALK_MIN = 10
"""From here on a talk is likely to be full advice."""


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One person. `minutes` is the time of waiting or of the talk; None over a power cut.

    `talked_min` are the minutes of all talks with them, also at other desks, before a pause.
    `long`: they have waited longer than the profile's mark. `answers` are German labels.
    """

    ticket: Ticket
    topic: str
    language: str
    minutes: int | None
    talked_min: int | None
    mine: bool
    sent: str
    appointment: str
    due: bool
    long: bool
    answers: tuple[str, ...]

    @property
    def likely_advice(self) -> str:
        """What the length of the talk suggests."""
        serving = self.ticket.state is TicketState.SERVING
        return "full" if serving and (self.talked_min or 0) >= LONG_TALK_MIN else "short"


@dataclass(frozen=True, slots=True)
class TicketRows:
    """How tickets are put into words, for one desk and its topics."""

    context: ConsoleContext
    now: Moment
    desk: str
    topics: frozenset[TopicId]
    answers: Mapping[TicketId, tuple[str, ...]]

    @classmethod
    def in_snapshot(
        cls, context: ConsoleContext, snapshot: Snapshot, desk: str, now: Moment
    ) -> TicketRows:
        """As a snapshot has them. Raises `Unknown` for a desk that the profile lacks."""
        topics = snapshot.desk_state(desk).topics
        return cls(context, now, desk, topics, staff_labels(snapshot))

    def of_all(self, tickets: Iterable[Ticket]) -> list[TicketRow]:
        """Several tickets, in the same order."""
        return [self.of(ticket) for ticket in tickets]

    def of(self, ticket: Ticket) -> TicketRow:
        profile, minutes = self.context.office.profile, self.minutes(ticket)
        waits = ticket.state is TicketState.WAITING and not self._is_early(ticket)
        return TicketRow(
            ticket=ticket,
            topic=profile.topic(ticket.topic).label[GERMAN],
            language=language_name(ticket.language, self.context.texts),
            minutes=minutes,
            talked_min=_whole_minutes(ticket.seconds_talked(self.now)),
            mine=self.is_mine(ticket),
            sent=self._sent(ticket),
            appointment=self._appointment(ticket),
            due=self._due(ticket),
            long=waits and (minutes or 0) >= profile.long_wait_min,
            answers=self.answers.get(ticket.id, ()),
        )

    def is_mine(self, ticket: Ticket) -> bool:
        """Whether the desk calls this person in turn."""
        return waits_for(ticket, DeskId(self.desk), self.topics)

    def _sent(self, ticket: Ticket) -> str:
        if ticket.to_desk is not None:
            return f"für Platz {ticket.to_desk}"
        return "von Ihnen weitergeleitet" if ticket.sender == self.desk else ""

    def minutes(self, ticket: Ticket) -> int | None:
        """Minutes of the talk that goes on, or else of waiting."""
        return _whole_minutes(self.now.seconds_since(ticket.talk_since or ticket.taken))

    def _due(self, ticket: Ticket) -> bool:
        time = queue_entry(ticket).appointment
        return time is not None and (not self.now.trusted or time <= self.now.wall)

    def _is_early(self, ticket: Ticket) -> bool:
        return queue_entry(ticket).appointment is not None and not self._due(ticket)

    def _appointment(self, ticket: Ticket) -> str:
        if ticket.appointment is None:
            return ""
        time = f"Termin {clock_time(ticket.appointment)}"
        if ticket.late:
            return f"{time}, zu spät gekommen"
        if ticket.misses:
            return f"{time}, nicht erschienen"
        return f"{time}, jetzt dran" if self._due(ticket) else f"{time}, noch früh"


def _whole_minutes(seconds: float | None) -> int | None:
    return None if seconds is None else int(seconds // 60)


def clock_time(moment: datetime) -> str:
    """The time on the wall: 10:30."""
    return f"{moment.astimezone(BERLIN):%H:%M}"
