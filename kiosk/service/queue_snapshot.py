"""Everybody's place at one moment, read once, however many phones ask for theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import queue
from kiosk.service.citizens import TakenTicket
from kiosk.service.desks import all_today
from kiosk.service.queue_view import latest_calls
from kiosk.service.waiting import Today
from kiosk.store import tickets

if TYPE_CHECKING:
    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Office

_CALLS_SEARCHED = 20
"""More than a bus has desks: whoever is called now is among them."""


class Line:
    """The tickets of the open visit; empty when none is open."""

    def __init__(self, office: Office, now: Moment) -> None:
        """Read it. Raises `StoreError`."""
        with office.database.read() as connection:
            everyone = tickets.everyone(connection)
            self._waiting = tickets.waiting(connection)
            self._desks = [desk.topics for desk in all_today(office.profile, connection)]
            self._today = Today(office.profile, connection, now)
        self._now = now
        self._by_code = {ticket.code: ticket for ticket in everyone}
        self._calls = _calls(office)

    def ticket(self, code: str) -> Ticket | None:
        """The ticket whose page has that name."""
        return self._by_code.get(code)

    def call_of(self, ticket: Ticket) -> int | None:
        """The journal id of the newest call of a ticket, if it was called of late."""
        return self._calls.get(ticket.id)

    def taken(self, ticket: Ticket) -> TakenTicket:
        """A ticket with what its owner is told about the wait."""
        ahead = len(queue.ahead(self._waiting, ticket, self._desks, self._now))
        return TakenTicket(ticket, ahead, self._today.wait_of(ticket))


def newest_call(office: Office, ticket: Ticket) -> int | None:
    """The same without reading the whole line."""
    return _calls(office).get(ticket.id)


def _calls(office: Office) -> dict[TicketId, int]:
    return {call.ticket: call.entry for call in latest_calls(office, _CALLS_SEARCHED)}
