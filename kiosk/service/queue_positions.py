"""Snapshot of every position in the queue, read once for all phones that ask for theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.service.citizens import TakenTicket, is_given_back
from kiosk.service.queue_view import latest_calls
from kiosk.service.wait_forecast import Forecast
from kiosk.store import tickets, visits

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Snapshot

_CALLS_SEARCHED = 20
"""More than a bus has desks: all present calls are among them."""


class QueuePositions:
    """The tickets of the visit that is open, or closed and not counted yet, if there is one.

    Read from a snapshot, used without it.
    """

    def __init__(self, snapshot: Snapshot, now: Moment) -> None:
        self._forecast = Forecast(snapshot, now)
        self.closed = visit_is_closed(snapshot, now)
        found = tickets.uncached(snapshot.connection) if self.closed else snapshot.tickets
        self._by_code = {ticket.code: ticket for ticket in found}
        self._given_back = {ticket.id for ticket in found if is_given_back(snapshot, ticket)}
        self._calls = {call.ticket: call.entry for call in latest_calls(snapshot, _CALLS_SEARCHED)}

    def ticket(self, code: str) -> Ticket | None:
        """The ticket whose page has that name."""
        return self._by_code.get(code)

    def is_given_back(self, ticket: Ticket) -> bool:
        """Whether its holder gave it back; staff may have withdrawn it instead."""
        return ticket.id in self._given_back

    def call_of(self, ticket: Ticket) -> int | None:
        """The journal id of the newest call of a ticket, if it was called of late."""
        return self._calls.get(ticket.id)

    def position_of(self, ticket: Ticket) -> TakenTicket:
        """A ticket with its position and the forecast of its wait."""
        forecast = self._forecast
        return TakenTicket(ticket, forecast.ahead_of(ticket), forecast.wait_of(ticket))


def visit_is_closed(snapshot: Snapshot, now: Moment) -> bool:
    """Whether the visit is closed, with its rows still there: no calls any more.

    A visit was closed and is not counted yet, which may be taken back, or was left open over night.
    """
    if snapshot.visit:
        return snapshot.visit.left_open_since(now) is not None
    return visits.closed(snapshot.connection) is not None


def ticket_of_closed_visit(snapshot: Snapshot, code: str, now: Moment) -> Ticket | None:
    """The ticket whose page has that name, while its visit is closed and not counted yet."""
    closed = visit_is_closed(snapshot, now)
    return tickets.uncached_by_code(snapshot.connection, code) if closed else None


def newest_call(snapshot: Snapshot, ticket: Ticket) -> int | None:
    """The journal id of the newest call of a ticket, without reading the whole queue."""
    calls = latest_calls(snapshot, _CALLS_SEARCHED)
    return next((call.entry for call in calls if call.ticket == ticket.id), None)
