"""Broadcast: one journal follower for all event streams; the process reads once, not per client.

The buffer has only what the two messages of an entry say, to staff and to the public: nothing that
tells who chose what stays in memory or can reach a stream.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from kiosk.console.events.messages import DoorMessage, Message, message_of
from kiosk.console.events.paced_wakeups import PacedWakeups
from kiosk.service.follower import Follower

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kiosk.console.events.event_ids import EventIds
    from kiosk.console.events.fair_share import FairShare
    from kiosk.store.database import Database
    from kiosk.store.journal import Entry

BUFFER_SIZE = 1000
"""Messages that a browser can catch up on."""

ALIVE_EVERY_S = 5.0
# The comment keeps middle boxes from cutting a silent line. The event tells the page, which cannot
# read comments, that the line still stands.
ALIVE = b": keep-alive\nevent: alive\ndata: {}\n\n"
# The session is over, and with it what this stream may tell: a page asks for another one at once,
# instead of saying that the line is lost.
ENDED = b"event: ended\ndata: {}\n\n"
RETRY = b"retry: 1000\n\n"

_WAIT_S = 600.0


class Broadcast:
    """Ring buffer of the newest messages, and the wake-up of the streams that wait for more."""

    def __init__(self, ids: EventIds, share: FairShare) -> None:
        self.ids = ids
        self._strangers = PacedWakeups(share)
        self.last = self.public_last = 0
        self.closed = False
        self.door_changes = 0
        self._messages: deque[Message] = deque(maxlen=BUFFER_SIZE)
        self._dropped_up_to = 0
        self._follower: Follower | None = None
        self._news = asyncio.Event()

    @asynccontextmanager
    async def following(self, database: Database) -> AsyncIterator[asyncio.Task[None]]:
        """Follow the journal while the block runs; the task ends early only by failing."""
        self._follower = follower = await asyncio.to_thread(self._begin, database)
        loop = asyncio.get_running_loop()
        task = asyncio.create_task(asyncio.to_thread(self._follow, follower, loop))
        try:
            yield task
        finally:
            self.close()
            await asyncio.wait([task])
            follower.close()

    def _begin(self, database: Database) -> Follower:
        """A follower that has read what browsers may have missed while this process was away."""
        newest = Follower(database)
        newest.close()
        self._dropped_up_to = max(0, newest.last - BUFFER_SIZE)
        follower = Follower(database, after=self._dropped_up_to)
        self.last = self.public_last = follower.last
        while entries := follower.wait(0):
            self.publish(entries)
        return follower

    def _follow(self, follower: Follower, loop: asyncio.AbstractEventLoop) -> None:
        """In one thread until the end: a thread for each wait costs as much as the reading."""
        while not self.closed:
            if entries := follower.wait(_WAIT_S):
                loop.call_soon_threadsafe(self.publish, entries)

    def publish(self, entries: list[Entry]) -> None:
        """Turn journal entries into messages, and wake the streams."""
        for entry in entries:
            self._keep(message_of(entry, self.ids))
            self.last = entry.id
        if entries:
            self._wake()

    def _keep(self, message: Message | None) -> None:
        if message is None:
            return
        if len(self._messages) == BUFFER_SIZE:
            self._dropped_up_to = self._messages[0].id
        self._messages.append(message)
        if message.is_public:
            self.public_last = message.id

    def announce_door_change(self) -> None:
        """Wake the streams: another door has fallen silent, or answers again."""
        self.door_changes += 1
        self._wake()

    def door_message(self) -> Message:
        """The message about a door, for staff."""
        return DoorMessage(self.last, None, self.ids)

    def close(self) -> None:
        self.closed = True
        self._wake()
        self._strangers.wake_all_at_once()
        if self._follower:
            self._follower.interrupt()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
        self._strangers.wake()

    def messages_since(self, last: int) -> list[Message] | None:
        """The messages after that journal id; None when some have left the buffer."""
        if not self._dropped_up_to <= last <= self.last:
            return None
        newer: list[Message] = []
        for message in reversed(self._messages):
            if message.id <= last:
                break
            newer.append(message)
        return newer[::-1]

    def public_messages_since(self, last: int) -> list[Message] | None:
        """The same, of public messages alone."""
        messages = self.messages_since(last)
        return None if messages is None else [m for m in messages if m.is_public]

    def resync(self) -> list[Message]:
        """What a client gets that may have missed messages: that all has changed."""
        return [Message(self.last, self.public_last, self.ids)]

    async def wait_for_news(self, timeout_s: float) -> None:
        """Return when there may be a new message, or after `timeout_s`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._news.wait()

    async def wait_for_news_paced(self, timeout_s: float) -> None:
        """The same, one after the other and behind the requests of staff."""
        await self._strangers.wait(timeout_s)
