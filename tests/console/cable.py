"""A TCP relay before a server: it can be cut or clamped while both ends go on."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tests.waiting import PATIENCE_S

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

    def _mend(self) -> None:
        self._is_cut = False
        self._carries.set()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        if self._is_cut:
            writer.transport.abort()
            return
        server_reader, server = await asyncio.open_connection("127.0.0.1", self._behind_port)
        self._ends |= {writer, server}
        await asyncio.gather(self._pump(reader, server), self._pump(server_reader, writer))
        self._ends -= {writer, server}

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
        cable.mend()
        cable.cut()
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE_S)
        loop.close()
