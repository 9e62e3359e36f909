"""Priority of staff: what is done for others begins when no request of staff is being answered."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WAIT_S: Final = 1.0
"""Staff who ask for something long do not stop the phones."""

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
