"""Runs the fleet's server: few connections, none of which may be silent for long."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from kiosk.domain.errors import KioskError
from kiosk.fleet.server.app import create_app

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path
    from typing import Any

    from kiosk.fleet.server.context import FleetContext

MOST_CONNECTIONS: Final = 100
HEADERS_S: Final = 15.0
"""So long a client may take for the first line and the headers of a request."""

_LONGEST_HEADERS: Final = 16 * 1024


class CannotListen(KioskError):
    """Another program listens there, or a certificate cannot be used."""


class TimedConnection(H11Protocol):
    """Ends a client that sends its headers drop by drop, or nothing at all."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - as in asyncio
        super().connection_made(transport)
        self._expect_headers()

    def data_received(self, data: bytes) -> None:
        if self._timer is None and not self._answers():
            self._expect_headers()
        super().data_received(data)
        if self._timer and self._answers():
            self._timer.cancel()
            self._timer = None

    def _answers(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # none before the first request
        return cycle is not None and not cycle.response_complete

    def _expect_headers(self) -> None:
        self._timer = self.loop.call_later(HEADERS_S, self._end_silent)

    def _end_silent(self) -> None:
        self._timer = None
        if not self._answers():
            self.transport.close()


def serve(
    context: FleetContext,
    host: str,
    port: int,
    certificate: tuple[Path, Path] | None = None,
) -> None:
    """Serve until a signal ends it. Raises `CannotListen`."""
    listener = _listener(host, port)
    config = uvicorn.Config(
        create_app(context),
        http=TimedConnection,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=_LONGEST_HEADERS,
        access_log=False,
        log_level="warning",
        server_header=False,
        ssl_certfile=certificate[0] if certificate else None,
        ssl_keyfile=certificate[1] if certificate else None,
        lifespan="off",
        ws="none",
    )
    try:
        config.load()
    except OSError as error:  # an SSLError is one too
        raise CannotListen(
            f"The certificate {config.ssl_certfile} cannot be used with that key: {error.strerror}."
        ) from None
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        raise CannotListen(
            f"The office cannot listen at {host}, port {port}: {error.strerror}. Stop what listens"
            " there, or choose another one with --port."
        ) from None
