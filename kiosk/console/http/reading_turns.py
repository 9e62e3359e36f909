"""Parses requests: those from addresses of staff at once, strangers' in turn by address.

asyncio hands over the bytes of every readable socket in one round of the event loop, and a crowd on
open connections fills it. Here a stranger's bytes rest unparsed, and nothing more is read from that
socket, until strangers may go on.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from kiosk.console.http.fair_queue import FairQueue

if TYPE_CHECKING:
    from kiosk.console.events.fair_share import FairShare
    from kiosk.console.events.staff_work import StaffWork


class UnparsedConnection(Protocol):
    """A connection that keeps bytes back."""

    address: str

    def parse_received(self) -> None:
        """Parse them, and read on."""


class ReadingTurns:
    """Turns of all connections of the console. For the event loop."""

    def __init__(self, work: StaffWork, share: FairShare) -> None:
        self._work, self._share = work, share
        self._queue = FairQueue()
        self._reading: set[asyncio.Task[None]] = set()

    def needs_turn(self, address: str) -> bool:
        """Whether bytes from there wait: staff have not logged in from that address."""
        return not self._work.is_of(address)

    def queue(self, connection: UnparsedConnection) -> None:
        """Have what a connection keeps back parsed, later."""
        reading = asyncio.get_running_loop().create_task(self._in_turn(connection))
        self._reading.add(reading)
        reading.add_done_callback(self._reading.discard)

    async def _in_turn(self, connection: UnparsedConnection) -> None:
        await self._queue.acquire(connection.address)
        try:
            async with self._share.turn():
                connection.parse_received()
        finally:
            self._queue.release()
