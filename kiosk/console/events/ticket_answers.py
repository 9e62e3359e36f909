"""Cache of what tickets' pages answer: each is built once a change, however many ask.

A crowd on one page so costs staff neither a thread nor a turn at the database.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from litestar.concurrency import sync_to_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.store.data_version import DataVersion

LONGEST_S: Final = 3.0
"""An estimate shrinks with time, without any commit."""


class TicketAnswers:
    """The encoded answers since the last commit, by address. For the event loop."""

    def __init__(self, data_version: DataVersion) -> None:
        self._data_version = data_version
        self._version, self._fresh_until_s = -1, 0.0
        self._answers: dict[str, bytes] = {}
        self._building = asyncio.Lock()

    async def get(self, address: str, build: Callable[[], bytes | None]) -> bytes | None:
        """The answer at that address; what is not found is not remembered."""
        async with self._building:
            self._forget_old()
            answer = self._answers.get(address)
            if answer is None and (answer := await sync_to_thread(build)) is not None:
                self._answers[address] = answer
            return answer

    def _forget_old(self) -> None:
        now_s, version = asyncio.get_running_loop().time(), self._data_version.now()
        if version != self._version or now_s >= self._fresh_until_s:
            self._answers.clear()
            self._version, self._fresh_until_s = version, now_s + LONGEST_S
