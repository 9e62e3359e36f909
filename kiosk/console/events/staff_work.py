"""Priority of staff: what is done for others begins when no request of staff is being answered."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.store.database import Database

LONGEST_WAIT_S: Final = 1.0
"""Staff who ask for something long do not stop the phones."""

ANSWERED_WITHIN_S: Final = 0.015
"""From a commit until whoever asked for it has the answer, on a quiet machine with a browser."""

MOST_ADDRESSES: Final = 32
"""Of staff, remembered until the console ends."""


class StaffWork:
    """Count of the requests of staff under way, and their addresses. For the event loop."""

    def __init__(self) -> None:
        self._under_way = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._addresses: dict[str, None] = {}

    @contextmanager
    def under_way(self, address: str) -> Iterator[None]:
        """Count one, from that address, while the block runs."""
        self._remember(address)
        self._under_way += 1
        self._calm.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._calm.set()

    async def wait_until_idle(self, longest_s: float = LONGEST_WAIT_S) -> None:
        """Return when no request of staff is under way, or after so many seconds."""
        if self._under_way:
            with suppress(TimeoutError):
                async with asyncio.timeout(longest_s):
                    await self._calm.wait()

    def is_of(self, address: str) -> bool:
        """Whether staff have asked from that address since the console started."""
        return address in self._addresses

    def _remember(self, address: str) -> None:
        self._addresses.pop(address, None)
        self._addresses[address] = None
        if len(self._addresses) > MOST_ADDRESSES:
            del self._addresses[next(iter(self._addresses))]


class LateNotification:
    """Wakes the followers of this console's commits a moment later, once for all of that moment.

    Glass, panel and event streams all wake at a commit, and read and draw: on a small processor
    they would do so before the answer is written and shown.
    """

    def __init__(self, database: Database) -> None:
        """For the event loop that runs."""
        self._database = database
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Have commits notified so while the block runs."""
        try:
            with self._database.notified_by(self._schedule):
                yield
        finally:
            if self._timer:
                self._timer.cancel()
                self._notify()

    def _schedule(self) -> None:
        try:
            self._loop.call_soon_threadsafe(self._begin)
        except RuntimeError:  # the loop is closed: a last write ends with the process
            self._database.notify()

    def _begin(self) -> None:
        if self._timer is None:
            self._timer = self._loop.call_later(ANSWERED_WITHIN_S, self._notify)

    def _notify(self) -> None:
        self._timer = None
        self._database.notify()
