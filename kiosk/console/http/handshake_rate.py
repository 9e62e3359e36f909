"""Rate of TLS handshakes: a token bucket, in turn by address, and none for addresses of staff.

A handshake costs the server CPU and its client nearly none. At this rate a flood of them takes a
tenth of a core.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from kiosk.console.http.fair_queue import FairQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.console.events.staff_work import StaffWork

AT_ONCE: Final = 20
PER_S: Final = 50.0


class HandshakeRate:
    """When the next handshake may begin. For the event loop."""

    def __init__(self, work: StaffWork) -> None:
        self._work = work
        self._queue = FairQueue()
        self._full_at_s = 0.0

    async def acquire(self, address: str, has_left: Callable[[], bool]) -> bool:
        """Return when a handshake with that address may begin; False if the client has left."""
        if self._work.is_of(address):
            return True
        await self._queue.acquire(address)
        try:
            if has_left():
                return False
            await self._token()
            await self._work.wait_until_idle()
            return True
        finally:
            self._queue.release()

    async def _token(self) -> None:
        """The bucket is told by when it will be full again."""
        clock = asyncio.get_running_loop().time
        self._full_at_s = max(self._full_at_s, clock()) + 1 / PER_S
        if (wait_s := self._full_at_s - clock() - AT_ONCE / PER_S) > 0:
            await asyncio.sleep(wait_s)
