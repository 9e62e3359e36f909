"""Accepts connections: those from addresses of staff at once, strangers in turn by address.

asyncio's own server makes a connection of all that it accepts in one round of the event loop, and a
crowd that connects anew for each request fills every round. Here a stranger's socket is taken from
the kernel, so that none behind it waits, and rests until strangers may go on.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.console.http.connections import BUSY
from kiosk.console.http.fair_queue import FairQueue

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Coroutine

    from kiosk.console.events.fair_share import FairShare
    from kiosk.console.events.staff_work import StaffWork
    from kiosk.console.http.connections import ConnectionTable

    NewProtocol = Callable[[], asyncio.Protocol]

ACCEPTED_AT_ONCE: Final = 16
"""In one round of the event loop; the others wait in the kernel."""

LONGEST_WAIT_S: Final = 0.05
"""For requests of staff: among those who connect meanwhile may be staff too."""

NO_FILE_LEFT_S: Final = 1.0
"""As asyncio does: the kernel keeps signalling that a connection is pending."""


@dataclass(eq=False, slots=True)
class Arrival:
    """An accepted socket of which nothing is read yet; it can be evicted as any silent one."""

    line: socket.socket
    address: str
    loop: asyncio.AbstractEventLoop
    table: ConnectionTable
    task: asyncio.Task[None] | None = None

    def cut(self) -> None:
        """Close it, and leave the table."""
        self.table.remove(self)
        self.line.close()
        if self.task:
            self.task.cancel()


class Acceptor:
    """Of all listening sockets of the console. For the event loop."""

    def __init__(self, table: ConnectionTable, work: StaffWork, share: FairShare) -> None:
        self._table, self._work, self._share = table, work, share
        self._loop = asyncio.get_running_loop()
        self._queue = FairQueue()
        self._listening: list[asyncio.Task[None]] = []
        self._opening: set[asyncio.Task[None]] = set()

    def listen(self, listener: socket.socket, new_protocol: NewProtocol) -> asyncio.Task[None]:
        """Accept there from now on, each with a protocol of its own; in a task that never ends."""
        listener.settimeout(0)
        task = self._loop.create_task(self._accept(listener, new_protocol))
        self._listening.append(task)
        return task

    async def close(self) -> None:
        """Stop accepting; the listening sockets stay open. The table has cut arrivals."""
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, *self._opening, return_exceptions=True)

    async def _accept(self, listener: socket.socket, new_protocol: NewProtocol) -> None:
        while True:
            await self._readable(listener)
            await self._work.wait_until_idle(LONGEST_WAIT_S)
            began_s = self._loop.time()
            try:
                for _ in range(ACCEPTED_AT_ONCE):
                    line, peer = listener.accept()
                    self._receive(line, peer[0], new_protocol)
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                pass
            except OSError:
                self._table.count_cut(self._loop)
                await asyncio.sleep(NO_FILE_LEFT_S)
            await asyncio.sleep(self._loop.time() - began_s)  # all others go on for as long

    async def _readable(self, listener: socket.socket) -> None:
        readable: asyncio.Future[None] = self._loop.create_future()
        self._loop.add_reader(listener, _resolve, readable)
        try:
            await readable
        finally:
            self._loop.remove_reader(listener)

    def _receive(self, line: socket.socket, address: str, new_protocol: NewProtocol) -> None:
        if self._work.is_of(address):
            self._start(self._open(line, new_protocol))
            return
        arrival = Arrival(line, address, self._loop, self._table)
        if self._table.admit(arrival):
            self._table.mark_active(arrival)
            arrival.task = self._start(self._open_in_turn(arrival, new_protocol))
        else:
            with suppress(OSError):
                line.send(BUSY)
            line.close()

    def _start(self, opening: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(opening)
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)
        return task

    async def _open_in_turn(self, arrival: Arrival, new_protocol: NewProtocol) -> None:
        await self._queue.acquire(arrival.address)
        try:
            async with self._share.turn():
                self._table.remove(arrival)
                await self._open(arrival.line, new_protocol)
        finally:
            self._queue.release()

    async def _open(self, line: socket.socket, new_protocol: NewProtocol) -> None:
        try:
            await self._loop.connect_accepted_socket(new_protocol, line)
        except OSError:  # it has left
            line.close()


def _resolve(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
