"""TLS handshakes in the table of connections: with a deadline, and evicted as any silent one is.

asyncio's own listener keeps a connection to itself until its handshake is done, so that a crowd of
half-done ones would be counted nowhere.
"""

from __future__ import annotations

import asyncio
import select
from asyncio.sslproto import SSLProtocol
from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.console.http.connections import ConnectionTable, HttpConnection
    from kiosk.console.http.handshake_rate import HandshakeRate
    from kiosk.console.http.tls import Tls

HANDSHAKE_S: Final = 10.0
GOODBYE_S: Final = 2.0
"""So long the other side may take to answer the end of a connection."""


# A buffer of asyncio's for each connection, of 256 kB else: 150 MB for all that there may be.
SSLProtocol.max_size = 32 * 1024


class Handshake(asyncio.Protocol):
    """A connection until TLS stands; then a `HttpConnection` takes over."""

    def __init__(
        self,
        tls: Tls,
        table: ConnectionTable,
        rate: HandshakeRate,
        new_connection: Callable[[], HttpConnection],
    ) -> None:
        self.address = ""
        self.loop = asyncio.get_running_loop()
        self._tls, self._table, self._rate = tls, table, rate
        self._new_connection = new_connection
        self._transport: asyncio.Transport | None = None
        self._task: asyncio.Task[None] | None = None
        self._early = bytearray()
        self._admitted = False
        self._lost = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP
        self._transport = transport
        peer = transport.get_extra_info("peername")
        self.address = peer[0] if peer else ""
        self._admitted = self._table.admit(self)
        if not self._admitted:
            transport.abort()
            return
        self._table.silent[self] = None
        # What comes now is TLS's. Python 3.11.2 begins to read after this call, paused or not.
        self.loop.call_soon(transport.pause_reading)
        self._task = self.loop.create_task(self._shake_hands(transport))

    def data_received(self, data: bytes) -> None:
        """Of a request that came together with the end of the handshake."""
        self._early += data

    def connection_lost(self, _error: Exception | None) -> None:
        self._lost = True
        self._leave()

    def cut(self) -> None:
        """Abort it, whatever the other side does, and leave the table."""
        if self._task:
            self._task.cancel()
        if self._transport:
            self._transport.abort()
        self._leave()

    async def _shake_hands(self, transport: asyncio.Transport) -> None:
        here = transport.get_extra_info("sockname")
        wanted = await self._rate.acquire(self.address, partial(_has_left, transport))
        if not wanted or self._lost:
            self.cut()
            return
        try:
            secured = await self.loop.start_tls(
                transport,
                self,
                self._tls.context_for(here[0]),
                server_side=True,
                ssl_handshake_timeout=HANDSHAKE_S,
                ssl_shutdown_timeout=GOODBYE_S,
            )
        except ConnectionAbortedError:  # asyncio's name for: too slow
            self._table.count_cut(self.loop)
            self._leave()
        except OSError:  # no TLS, an old one, a browser that does not trust us, a port scanner
            self._leave()
        else:
            self._hand_over(secured)

    def _hand_over(self, secured: asyncio.Transport | None) -> None:
        self._leave()
        if self._lost or secured is None:
            return
        connection = self._new_connection()
        secured.set_protocol(connection)
        connection.connection_made(secured)
        if self._early:
            connection.data_received(bytes(self._early))

    def _leave(self) -> None:
        if self._admitted:
            self._admitted = False
            self._table.remove(self)


def _has_left(transport: asyncio.Transport) -> bool:
    """Whether the other side has ended the connection, of which nothing is read yet."""
    end = select.poll()
    end.register(transport.get_extra_info("socket").fileno(), select.POLLRDHUP)
    return bool(end.poll(0))
