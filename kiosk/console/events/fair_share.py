"""Fair share of the event loop: what is done for strangers rests as long as it took.

So a crowd that asks without a pause leaves half of the console's time to staff, and nothing of it
begins while a request of staff is being answered.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kiosk.console.events.staff_work import StaffWork

LEAST_REST_S: Final = 0.001
"""The event loop sleeps no shorter; what is less adds up."""

LONGEST_REST_S: Final = 0.05
"""What takes longer waits for something else than the processor, as a rule."""


class FairShare:
    """When strangers may go on, all of them together. For the event loop."""

    def __init__(self, work: StaffWork) -> None:
        self._work = work
        self._rested_at_s = 0.0

    async def acquire(self) -> float:
        """Return when all have rested and staff are answered; gives the time, for `release`."""
        clock = asyncio.get_running_loop().time
        if (rest_s := self._rested_at_s - clock()) >= LEAST_REST_S:
            await asyncio.sleep(rest_s)
        await self._work.wait_until_idle()
        return clock()

    def release(self, began_s: float) -> None:
        """What began then is done: rest for as long as it took."""
        now = asyncio.get_running_loop().time()
        took_s = min(now - began_s, LONGEST_REST_S)
        self._rested_at_s = max(self._rested_at_s, now) + took_s

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """`acquire` and `release` around the block."""
        began_s = await self.acquire()
        try:
            yield
        finally:
            self.release(began_s)
