"""Codes of the tickets whose pages have given their smiley. In memory alone, never on disk.

So nothing that is stored says which ticket gave one, let alone which.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MOST_REMEMBERED: Final = 2000
"""Far more than a visit has numbers: those of earlier visits are forgotten in time."""


class GivenSmileys:
    """Which tickets have given theirs. For the event loop."""

    def __init__(self) -> None:
        self._codes: dict[str, None] = {}
        self._giving = asyncio.Lock()

    def __contains__(self, code: str) -> bool:
        return code in self._codes

    @asynccontextmanager
    async def once(self, code: str) -> AsyncIterator[bool]:
        """Whether the block may give it: one block at a time, and none after one that went well."""
        async with self._giving:
            first = code not in self._codes
            self._codes[code] = None
            try:
                yield first
            except BaseException:
                if first:
                    del self._codes[code]
                raise
            if len(self._codes) > MOST_REMEMBERED:
                del self._codes[next(iter(self._codes))]
