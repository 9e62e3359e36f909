"""Priority of staff: what is done for others begins when no request of staff is being answered."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_WAIT_S: Final = 1.0
"""Staff who ask for something long do not stop the phones."""


class StaffWork:
    """How many requests of staff are being answered. For the event loop."""

    def __init__(self) -> None:
        self._under_way = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._turn = asyncio.Lock()

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """One more of them, while the block runs."""
        self._under_way += 1
        self._calm.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._calm.set()

    async def calm(self) -> None:
        """Return when there is none, or after a while."""
        if self._under_way:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._calm.wait(), LONGEST_WAIT_S)

    async def turn(self) -> None:
        """Return in a round of the loop of one's own: so staff wait for one of a crowd at most."""
        async with self._turn:
            await self.calm()
