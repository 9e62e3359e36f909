"""Runs the application: ready when it listens, pinged from its own loop, gone in two seconds.

At rest it sleeps: uvicorn's own loop looks ten times a second whether it should end.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import signal
import socket
import sys
from functools import partial
from typing import TYPE_CHECKING

import uvicorn

from kiosk.console.http.acceptor import Acceptor
from kiosk.console.http.admission import Admission
from kiosk.console.http.authentication import client_class
from kiosk.console.http.connections import ConnectionTable, HttpConnection
from kiosk.console.http.handshake_rate import HandshakeRate
from kiosk.console.http.reading_turns import ReadingTurns
from kiosk.console.http.tls_handshake import Handshake
from kiosk.domain.errors import KioskError
from kiosk.system import systemd

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import FrameType

    from litestar import Litestar

    from kiosk.console.http.context import ConsoleContext
    from kiosk.console.http.tls import Tls

BACKLOG = 128
"""So many connections wait in the kernel until they are accepted."""

UNACKNOWLEDGED_MS = 30_000
"""A phone that has left the bus says no goodbye: its line is free after so long."""

_M_MMAP_THRESHOLD = -3
"""Of glibc's <malloc.h>."""

LARGE_BLOCK_BYTES = 1024 * 1024

_log = logging.getLogger(__name__)


class PortTaken(KioskError):
    """Another program listens there, or the address is not this machine's."""

    def __init__(self, host: str, port: int, reason: str, other: str) -> None:
        self.host, self.port = host, port
        super().__init__(
            f"The console cannot listen at {host}, port {port}: {reason}."
            f" Stop what listens there, or choose another one with {other}."
        )


class FollowerLost(KioskError):
    """Pages would stand still without saying so: better to end, and to be started again."""

    def __init__(self, reason: BaseException | None) -> None:
        super().__init__(f"The console lost the journal: {reason}.")


class Server(uvicorn.Server):
    """Uvicorn, telling systemd how it does, and ending the streams before it waits for them."""

    def __init__(
        self, app: Litestar, config: uvicorn.Config, tls_listener: socket.socket | None = None
    ) -> None:
        super().__init__(config)
        self.app = app
        self.server_state: ConnectionTable = ConnectionTable()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = asyncio.Event()
        self._pings: asyncio.Task[None] | None = None
        self._tls_listener = tls_listener
        self._acceptor: Acceptor | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        self._loop = asyncio.get_running_loop()
        await super().startup([])  # our own acceptor takes them
        following: asyncio.Task[None] = self.app.state["following"]
        for task in (following, *self._listen(sockets or ())):
            task.add_done_callback(lambda _: self.stop())
        systemd.ready()
        self._pings = asyncio.create_task(_ping())

    def _listen(self, sockets: Iterable[socket.socket]) -> Iterator[asyncio.Task[None]]:
        context: ConsoleContext = self.app.state["context"]
        loop, table = asyncio.get_running_loop(), self.server_state
        self._acceptor = Acceptor(table, context.staff_work, context.share)
        turns = ReadingTurns(context.staff_work, context.share)
        connection = partial(HttpConnection, turns, self.config, table, self.lifespan.state, loop)
        for listener in sockets:
            yield self._acceptor.listen(listener, connection)
        if (tls := context.equipment.tls) and self._tls_listener:
            rate = HandshakeRate(context.staff_work)
            handshake = partial(Handshake, tls, table, rate, connection)
            yield self._acceptor.listen(self._tls_listener, handshake)

    async def main_loop(self) -> None:
        """Sleep until the signal to end. Not called when that came before."""
        await self._ended.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        systemd.stopping()
        self.app.state["context"].broadcast.close()
        self.server_state.close()
        if self._acceptor:
            await self._acceptor.close()
        await super().shutdown([*(sockets or ()), *filter(None, [self._tls_listener])])
        if self._pings:
            self._pings.cancel()

    def stop(self) -> None:
        """End; from any thread."""
        self.should_exit = True
        if self._loop:
            self._loop.call_soon_threadsafe(self._ended.set)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End at a signal."""
        super().handle_exit(sig, frame)
        self.stop()


def serve(app: Litestar, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT. Raises `PortTaken`, `FollowerLost`."""
    return_large_blocks()
    listener = listen(host, port)
    where = f"[{host}]" if ":" in host else host
    _log.info("Staff pages: http://%s:%d/staff", where, listener.getsockname()[1])
    tls: Tls | None = app.state["context"].equipment.tls
    tls_listener = listen(host, tls.port, "tls_port in config.toml") if tls else None
    if tls:
        _log.info("For all other machines: https://%s:%d/staff", where, tls.port)
    # uvicorn raises the signal again when it has ended; an ordered end has exit code 0.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    server = Server(app, settings(app), tls_listener)
    gc.collect()
    gc.freeze()  # what is there now stays: to look through it again blocks the event loop for 50 ms
    server.run(sockets=[listener])
    task: asyncio.Task[None] = app.state["following"]
    if task.done() and task.exception():
        raise FollowerLost(task.exception())


def return_large_blocks() -> None:
    """Give memory of large blocks back when they are freed.

    Left to itself glibc keeps blocks as large as any that was freed: the 16 MB of a PIN's hash.
    """
    ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, LARGE_BLOCK_BYTES)


def listen(host: str, port: int, other: str = "--port") -> socket.socket:
    """A socket at that address. Raises `PortTaken`, which says how to choose an `other` port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends answers without delay (40 ms) only where the protocol is said in so many words.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MS)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise PortTaken(host, port, (error.strerror or str(error)).lower(), other) from error
    return listener


def settings(app: Litestar) -> uvicorn.Config:
    context: ConsoleContext = app.state["context"]
    admission = Admission(app, context.staff_work, context.share, partial(client_class, context))
    return uvicorn.Config(
        admission,
        http=HttpConnection,
        lifespan="on",
        log_config=None,
        log_level="error",
        access_log=False,  # who asked what when stays out of the log
        server_header=False,
        date_header=False,  # uvicorn renews it every second, asked or not: see `headers`
        timeout_graceful_shutdown=1,
    )


async def _ping() -> None:
    """Uvicorn could do this too, but by the wall clock: set back, it would be silent for hours."""
    interval_s = systemd.watchdog_interval_s()
    while interval_s:
        systemd.watchdog()
        await asyncio.sleep(interval_s)
