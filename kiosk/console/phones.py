"""The phones of those who wait: told what changes, without getting in the way of staff."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
from litestar.concurrency import sync_to_thread

from kiosk.console.broadcast import ALIVE, ALIVE_EVERY_S, RETRY
from kiosk.console.ticket_words import look

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kiosk.console.door import Door
    from kiosk.console.ticket_words import TicketSeen

MOST_PHONES = 200
"""Beside the streams of staff and call display. Whoever comes later asks every ten seconds."""

LOOK_AGAIN_S = 30.0
"""A wait grows shorter without anybody doing anything."""

_GONE = b"event: gone\ndata: {}\n\n"


class Phones:
    """How many phones listen, and a turn for each look: staff never wait behind a crowd."""

    def __init__(self) -> None:
        self.listening = 0
        self._turn = asyncio.Semaphore(2)

    @property
    def full(self) -> bool:
        """Whether one more phone has to ask by itself."""
        return self.listening >= MOST_PHONES

    async def follow(self, door: Door, code: str) -> AsyncIterator[bytes]:
        """The stream of one ticket: how it stands, whenever that changes, until it is gone."""
        self.listening += 1
        try:
            yield RETRY
            async for message in self._changes(door, code):
                yield message
        finally:
            self.listening -= 1

    async def _changes(self, door: Door, code: str) -> AsyncIterator[bytes]:
        broadcast, clock = door.broadcast, asyncio.get_running_loop().time
        told: TicketSeen | None = None
        seen_up_to = -1
        look_at = alive_at = clock()
        while not broadcast.closed:
            news = broadcast.since(seen_up_to)
            seen_up_to = broadcast.last
            if news != [] or clock() >= look_at:
                seen = await self._look(door, code)
                look_at = clock() + LOOK_AGAIN_S
                if seen is None:
                    yield _GONE
                    return
                if seen != told:
                    yield _state(seen)
                    told = seen
            elif clock() >= alive_at:
                yield ALIVE
                alive_at = clock() + ALIVE_EVERY_S
            else:
                await broadcast.news(alive_at - clock())

    async def _look(self, door: Door, code: str) -> TicketSeen | None:
        async with self._turn:
            return await sync_to_thread(look, door, code)


def _state(seen: TicketSeen) -> bytes:
    return b"event: state\ndata: " + msgspec.json.encode(seen) + b"\n\n"
