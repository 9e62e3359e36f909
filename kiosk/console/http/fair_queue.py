"""Fair queue: one turn at a time, round robin over client addresses.

So a hundred requests of one client at once wait for each other, and hold up no other client.
"""

from __future__ import annotations

import asyncio
from collections import deque


class FairQueue:
    """Queue of one server for many addresses. For the event loop."""

    def __init__(self) -> None:
        self._taken = False
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    async def acquire(self, address: str) -> None:
        """Return when it is the turn of that address."""
        if not self._taken:
            self._taken = True
            return
        mine = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(address, deque()).append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():
                self.release()
            raise

    def release(self) -> None:
        """The turn is over; the next address has one."""
        while self._waiting:
            address = next(iter(self._waiting))
            line = self._waiting.pop(address)
            mine = line.popleft()
            if line:
                self._waiting[address] = line  # behind the others
            if not mine.done():
                mine.set_result(None)
                return
        self._taken = False
