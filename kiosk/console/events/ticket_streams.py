"""Event streams of tickets, for the phones of people who wait: throttled, staff never wait."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from litestar.concurrency import sync_to_thread

from kiosk.console.events.broadcast import ALIVE, ALIVE_EVERY_S, RETRY
from kiosk.console.words.tickets import ticket_status_from
from kiosk.service.queue_positions import QueuePositions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from kiosk.console.events.broadcast import Broadcast
    from kiosk.console.events.fair_share import FairShare
    from kiosk.console.words.tickets import TicketStatus
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Office
    from kiosk.settings.texts import Texts

LEAST_INTERVAL_S = 3.0
"""What happens to others is told no more often than this; what happens to oneself at once."""

LOOK_AGAIN_S = 30.0
"""An estimate shrinks with time, without any event."""

_GONE = b"event: gone\ndata: {}\n\n"


@dataclass(frozen=True, slots=True)
class _Cached:
    """The line as it was when the broadcast had got so far."""

    positions: QueuePositions
    entry: int
    at_s: float


class TicketStreams:
    """The streams of all phones over one cached read of the queue, one estimate at a time.

    So a change costs one read of the database, and waits are computed one after the other: staff
    never wait behind a crowd. A ticket that is called needs no turn.
    """

    def __init__(
        self,
        office: Office,
        texts: Texts,
        now: Callable[[], Moment],
        broadcast: Broadcast,
        share: FairShare,
    ) -> None:
        self._office, self._texts, self._now, self._broadcast = office, texts, now, broadcast
        self._share = share
        self._cached: _Cached | None = None
        self._reading = asyncio.Lock()
        self._turn = asyncio.Lock()

    async def follow(self, code: str) -> AsyncIterator[bytes]:
        """The stream of one ticket: how it stands, whenever that changes, until it is gone."""
        yield RETRY
        broadcast, clock = self._broadcast, asyncio.get_running_loop().time
        stood: tuple[object, ...] | None = None
        sent: TicketStatus | None = None
        heard, calm_at, due_at, alive_at = -1, clock(), clock(), clock()
        while not broadcast.closed:
            now, news = clock(), broadcast.public_messages_since(heard) != []
            heard = broadcast.last
            if news or now >= due_at:
                positions = await self._read_positions()
                ticket = positions.ticket(code)
                if ticket is None:
                    yield _GONE
                    return
                due_at = min(due_at, calm_at) if news else due_at
                stands = _stands(positions, ticket)
                if stands == stood and now < due_at:
                    continue
                status = await self._status(positions, ticket, at_once=stood not in {None, stands})
                stood, calm_at, due_at = stands, clock() + LEAST_INTERVAL_S, clock() + LOOK_AGAIN_S
                if status != sent:
                    yield _state(status)
                    sent = status
            elif now >= alive_at:
                yield ALIVE
                alive_at = now + ALIVE_EVERY_S
            else:
                await broadcast.wait_for_news_paced(min(alive_at, due_at) - now)

    async def _read_positions(self) -> QueuePositions:
        """The line as it is now, read at most once for all phones."""
        clock = asyncio.get_running_loop().time
        async with self._reading:
            cached = self._cached
            old = cached is None or clock() - cached.at_s > LEAST_INTERVAL_S
            if cached is None or old or self._broadcast.public_messages_since(cached.entry) != []:
                entry = self._broadcast.last
                positions = await sync_to_thread(self._office.read, QueuePositions, self._now())
                cached = self._cached = _Cached(positions, entry, clock())
            return cached.positions

    async def _status(
        self, positions: QueuePositions, ticket: Ticket, *, at_once: bool
    ) -> TicketStatus:
        words = partial(
            ticket_status_from, positions, ticket, self._texts, self._broadcast.ids.seal
        )
        if at_once:
            return await sync_to_thread(words)
        async with self._turn, self._share.turn():
            return await sync_to_thread(words)


def _stands(positions: QueuePositions, ticket: Ticket) -> tuple[object, ...] | None:
    """What is told at once when it changes; None while the visit is closed.

    So the end of that is told in turn, as to phones that are new: it is told to all of them.
    """
    if positions.closed:
        return None
    return ticket.state, ticket.desk, positions.call_of(ticket)


def _state(status: TicketStatus) -> bytes:
    return b"event: state\ndata: " + msgspec.json.encode(status) + b"\n\n"
