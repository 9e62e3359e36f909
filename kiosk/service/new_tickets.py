"""New tickets: drafted with a forecast outside the write lock, numbered and stored under it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.domain import number, queue
from kiosk.domain.events import TicketTaken
from kiosk.domain.ids import TicketId
from kiosk.domain.ticket import Ticket
from kiosk.service.wait_forecast import Forecast, ahead_of
from kiosk.store import high_water_mark, series, tickets

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.number import NumberRange
    from kiosk.service.action import Action
    from kiosk.service.office import Snapshot
    from kiosk.service.wait_forecast import Minutes

_LETTERS = high_water_mark.LETTERS
_SEQUENCE = "visit:sequence"
_IDS = "ticket"

CODE_BYTES = 9
"""What makes the name of a ticket's page impossible to guess: 72 bits."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A ticket before it is stored, and its forecast when `entry` was the journal's last."""

    ticket: Ticket
    entry: int
    ahead: int = 0
    wait_min: Minutes | None = None


def walk_in(
    topic: TopicId, language: LanguageCode, now: Moment, *, priority: bool = False
) -> Ticket:
    """A ticket without number and place."""
    return Ticket(
        id=TicketId(0),
        number="",
        sequence=0,
        topic=topic,
        language=language,
        priority=priority,
        place=0,
        taken=now,
        code=secrets.token_urlsafe(CODE_BYTES),
    )


def draft(snapshot: Snapshot, ticket: Ticket) -> Draft:
    """A ticket taken now, with its forecast: how many are ahead, and the wait."""
    sequence = snapshot.tickets[-1].sequence + 1 if snapshot.tickets else 1
    placed = replace(ticket, sequence=sequence, place=_place(ticket, sequence))
    forecast = Forecast(snapshot, ticket.taken)
    ahead, wait_min = forecast.ahead_of(placed), forecast.wait_of(placed)
    return Draft(ticket, snapshot.connection.cache.entry, ahead, wait_min)


def insert(act: Action, drafted: Draft, wish: str | None) -> Ticket:
    """Store a ticket under the next number of its topic, and announce it.

    A number that was shown is not given again. Raises `NumbersExhausted`.
    """
    letter = act.profile.letter_of(drafted.ticket.topic)
    last, *lasts = series.last_of(act.connection, f"{_LETTERS}{letter}", _SEQUENCE, _IDS)
    running = number.next_running_number(letter, last, tickets.open_numbers(act.connection))
    sequence, ticket_id = (last + 1 for last in lasts)
    drawn = {f"{_LETTERS}{letter}": running, _SEQUENCE: sequence, _IDS: ticket_id}
    series.remember(act.connection, drawn)
    ticket = replace(
        drafted.ticket,
        id=TicketId(ticket_id),
        number=number.format_number(letter, running),
        sequence=sequence,
        place=_place(drafted.ticket, sequence),
        ahead=drafted.ahead,
        wait_min=drafted.wait_min,
    )
    if drafted.entry != act.connection.cache.entry:  # others have acted meanwhile
        ticket = replace(ticket, ahead=ahead_of(act, ticket, act.now))
    act.insert(ticket, wish)
    event = TicketTaken(ticket.id, ticket.number, ticket.topic, ticket.language, ticket.ahead)
    act.announce(event)
    return ticket


def insert_from_roll(act: Action, noted: Ticket, torn: NumberRange) -> list[Ticket]:
    """Store a ticket for each number of a paper roll; the next number comes behind them."""
    letter = f"{_LETTERS}{torn.letter}"
    last, sequence, ticket_id = series.last_of(act.connection, letter, _SEQUENCE, _IDS)
    new = [
        replace(
            noted,
            id=TicketId(ticket_id + n),
            number=written,
            sequence=sequence + n,
            place=sequence + n,
            code=secrets.token_urlsafe(CODE_BYTES),
        )
        for n, written in enumerate(torn.ticket_numbers(), 1)
    ]
    drawn = {_SEQUENCE: sequence + len(new), _IDS: ticket_id + len(new)}
    series.remember(act.connection, drawn | {letter: max(torn.last, last)})
    for ticket in new:
        act.insert(ticket)
    return new


def _place(ticket: Ticket, sequence: int) -> int:
    """At the end of the line; with a head start for priority, or late for an appointment."""
    return queue.initial_place(sequence, priority=ticket.priority or ticket.late)
