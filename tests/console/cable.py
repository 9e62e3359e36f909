"""A TCP relay before a server: it can be cut or clamped while both ends go on."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK_BYTES = 65536


class Cable:
    """Every connection of a browser goes through it."""

    def __init__(self, behind_port: int, loop: asyncio.AbstractEventLoop) -> None:
        self._behind_port, self._loop = behind_port, loop
        self._ends: set[asyncio.StreamWriter] = set()
        self.calls = 0
        self._is_cut = False
        self._carries = asyncio.Event()
        self._carries.set()

    async def open(self) -> asyncio.Server:
        return await asyncio.start_server(self._relay, "127.0.0.1", 0)

    def cut(self) -> None:
        """Open connections end at once, new ones are refused."""
        self._do(self._cut)

    def clamp(self) -> None:
        """No byte gets through, without an error."""
        self._do(self._carries.clear)

    def mend(self) -> None:
        """As before."""
        self._do(self._mend)

    def _do(self, change: Callable[[], None]) -> None:
        async def changed() -> None:
            change()

        asyncio.run_coroutine_threadsafe(changed(), self._loop).result(PATIENCE_S)

    def _cut(self) -> None:
        self._is_cut = True
        for end in self._ends:
            end.transport.abort()

    @property
    def is_silent(self) -> bool:
        """Whether every connection has ended."""
        return not self._ends

    def _mend(self) -> None:
        self._is_cut = False
        self._carries.set()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        self._ends.add(writer)
        with suppress(OSError):
            if self._is_cut:
                writer.transport.abort()
            else:
                await self._carry(reader, writer)
        await self._end(writer)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server = await asyncio.open_connection("127.0.0.1", self._behind_port)
        self._ends.add(server)
        if self._is_cut:  # meanwhile
            server.transport.abort()
        await asyncio.gather(self._pump(reader, server), self._pump(server_reader, writer))
        await self._end(server)

    async def _end(self, end: asyncio.StreamWriter) -> None:
        end.close()
        with suppress(OSError):
            await end.wait_closed()
        self._ends.discard(end)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(_CHUNK_BYTES):
                await self._carries.wait()
                sink.write(data)
                await sink.drain()
        sink.close()


@contextmanager
def cable_to(behind_port: int) -> Iterator[tuple[Cable, str]]:
    """A running relay, and the address at its near end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    cable = Cable(behind_port, loop)
    server = asyncio.run_coroutine_threadsafe(cable.open(), loop).result(PATIENCE_S)
    try:
        yield cable, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(server.close)
        cable.mend()
        cable.cut()
        eventually(lambda: cable.is_silent, "an end of all connections")
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE_S)
        loop.close()
