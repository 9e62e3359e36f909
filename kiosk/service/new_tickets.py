"""New tickets: drafted with a forecast outside the write lock, numbered and stored under it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain import number, queue
from kiosk.domain.events import TicketTaken
from kiosk.domain.ids import TicketId
from kiosk.domain.ticket import Ticket
from kiosk.service.waiting import Forecast, ahead_of
from kiosk.store import series, tickets

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.number import NumberRange
    from kiosk.service.action import Action
    from kiosk.service.office import Snapshot

_LETTERS = "visit:letter:"
_SEQUENCE = "visit:sequence"
_IDS = "ticket"

CODE_BYTES = 9
"""What makes the name of a ticket's page impossible to guess: 72 bits."""


def draft(topic: TopicId, language: LanguageCode, now: Moment) -> Ticket:
    """A walk-in without number and place."""
    return Ticket(
        id=TicketId(0),
        number="",
        sequence=0,
        topic=topic,
        language=language,
        priority=False,
        place=0,
        taken=now,
        code=secrets.token_urlsafe(CODE_BYTES),
    )


def with_forecast(snapshot: Snapshot, drafted: Ticket) -> Ticket:
    """A draft with the wait that is told to a person who gets it now."""
    sequence = snapshot.tickets[-1].sequence + 1 if snapshot.tickets else 1
    wait_min = Forecast(snapshot, drafted.taken).wait_of(_placed(drafted, sequence))
    return replace(drafted, wait_min=wait_min)


def insert(act: Action, drafted: Ticket, wish: str | None) -> Ticket:
    """Store a ticket under the next number of its topic, and announce it.

    A number that was shown is not given again. Raises `NumbersExhausted`.
    """
    letter = act.profile.group_of(drafted.topic).letter
    last, *lasts = series.last_of(act.connection, f"{_LETTERS}{letter}", _SEQUENCE, _IDS)
    running = number.next_running_number(letter, last, tickets.open_numbers(act.connection))
    sequence, ticket_id = (last + 1 for last in lasts)
    drawn = {f"{_LETTERS}{letter}": running, _SEQUENCE: sequence, _IDS: ticket_id}
    series.remember(act.connection, drawn)
    ticket = replace(
        _placed(drafted, sequence),
        id=TicketId(ticket_id),
        number=number.format_number(letter, running),
    )
    ticket = replace(ticket, ahead=ahead_of(act, ticket, act.now))
    act.insert(ticket, wish)
    event = TicketTaken(ticket.id, ticket.number, ticket.topic, ticket.language, ticket.ahead)
    act.announce(event)
    return ticket


def insert_torn(act: Action, drafted: Ticket, torn: NumberRange) -> list[Ticket]:
    """Store a ticket for each number of a paper roll; the next number comes behind them."""
    letter = f"{_LETTERS}{torn.letter}"
    last, sequence, ticket_id = series.last_of(act.connection, letter, _SEQUENCE, _IDS)
    new = [
        replace(_placed(drafted, sequence + n), id=TicketId(ticket_id + n), number=written)
        for n, written in enumerate(torn.ticket_numbers(), 1)
    ]
    drawn = {_SEQUENCE: sequence + len(new), _IDS: ticket_id + len(new)}
    series.remember(act.connection, drawn | {letter: max(torn.last, last)})
    coded = [replace(ticket, code=secrets.token_urlsafe(CODE_BYTES)) for ticket in new]
    for ticket in coded:
        act.insert(ticket)
    return coded


def _placed(drafted: Ticket, sequence: int) -> Ticket:
    """At the end of the line; those too late for an appointment wait not behind all others."""
    ahead = drafted.priority or drafted.late
    place = queue.initial_place(sequence, priority=ahead)
    return replace(drafted, sequence=sequence, place=place)
