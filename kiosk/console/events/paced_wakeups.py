"""Paced wake-ups: coroutines that wait are woken one after the other, within a fair share.

Two hundred streams that all wrote in one round of the loop would keep staff waiting for all of
them.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.console.events.fair_share import FairShare


class PacedWakeups:
    """Who waits, and whose time has come, in that order. For the event loop."""

    def __init__(self, share: FairShare) -> None:
        self._share = share
        self._waiting: dict[asyncio.Future[None], None] = {}
        self._due: dict[asyncio.Future[None], None] = {}
        self._waking: asyncio.Task[None] | None = None

    async def wait(self, timeout_s: float) -> None:
        """Return in turn after the next `wake`, or after `timeout_s`."""
        loop = asyncio.get_running_loop()
        mine = loop.create_future()
        self._waiting[mine] = None
        timer = loop.call_later(timeout_s, self._out_of_time, mine)
        try:
            await mine
        finally:
            timer.cancel()
            self._waiting.pop(mine, None)
            self._due.pop(mine, None)

    def wake(self) -> None:
        """Wake all that wait now, each in turn."""
        self._due |= self._waiting
        self._waiting.clear()
        self._go_on()

    def wake_all_at_once(self) -> None:
        """For the end, which cannot wait."""
        for mine in [*self._due, *self._waiting]:
            if not mine.done():
                mine.set_result(None)

    def _out_of_time(self, mine: asyncio.Future[None]) -> None:
        if mine in self._waiting:
            del self._waiting[mine]
            self._due[mine] = None
            self._go_on()

    def _go_on(self) -> None:
        if self._due and (self._waking is None or self._waking.done()):
            self._waking = asyncio.create_task(self._wake_due())

    async def _wake_due(self) -> None:
        while self._due:
            async with self._share.turn():
                mine = next(iter(self._due), None)
                if mine is None:  # gone meanwhile
                    continue
                del self._due[mine]
                if not mine.done():
                    mine.set_result(None)
                    await asyncio.sleep(0)  # it writes meanwhile
