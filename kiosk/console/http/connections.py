"""TCP connections of the console: deadlines for half-sent requests, caps by address and in all.

At the cap a new connection evicts the one that has been silent longest: a browser sends its request
at once. So half-sent requests, however many, evict only each other.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

if TYPE_CHECKING:
    import asyncio

    from kiosk.console.http.reading_turns import ReadingTurns

MOST_CONNECTIONS: Final = 600
"""Below the 1024 files that a process may have open where no unit says more."""

MOST_OF_ONE: Final = 60
"""From one address; a browser has six."""

OF_THIS_BOX: Final = ("127.0.0.1", "::1")
"""A proxy speaks for many."""

HEADER_S: Final = 10.0
BODY_S: Final = 15.0
LEAST_BODY_BYTES_PER_S: Final = 20_000
"""A body that comes faster may take longer: the largest file in two minutes on a crowded Wi-Fi."""
LONGEST_BODY_S: Final = 150.0
UNREAD_S: Final = 30.0
"""So long an answer may wait for a reader who does not read on."""

LOG_EVERY_S: Final = 60.0

_IDLE: Final = "IDLE"
_SEND_BODY: Final = "SEND_BODY"
"""As h11, on which uvicorn stands, calls the states in which the other side has to say more."""

_END_OF_HEADER: Final = b"\r\n\r\n"
BUSY: Final = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

_log = logging.getLogger(__name__)


class TrackedConnection(Protocol):
    """A connection in the table: one of HTTP, a TLS handshake, or one that has not begun."""

    address: str
    loop: asyncio.AbstractEventLoop

    def cut(self) -> None:
        """Abort it, and leave the table."""


class ConnectionTable(ServerState):
    """Open connections: their number by address, and the silent ones, longest first."""

    def __init__(self) -> None:
        super().__init__()
        self.of_address: Counter[str] = Counter()
        self.silent: dict[TrackedConnection, None] = {}
        self._cut = 0
        self._log_timer: asyncio.TimerHandle | None = None

    def admit(self, connection: TrackedConnection) -> bool:
        """Count it, at the cap by evicting a silent one; False where none can be evicted."""
        mine = self.of_address[connection.address]
        alone = connection.address not in OF_THIS_BOX and mine >= MOST_OF_ONE
        if alone or self.of_address.total() >= MOST_CONNECTIONS:
            of = connection.address if alone else None
            longest = next((one for one in self.silent if of in {None, one.address}), None)
            self.count_cut(connection.loop)
            if longest is None:
                return False
            longest.cut()
        self.of_address[connection.address] += 1
        return True

    def mark_active(self, connection: TrackedConnection) -> None:
        """Put it last among the silent ones: it has just sent enough."""
        self.silent.pop(connection, None)
        self.silent[connection] = None

    def remove(self, connection: TrackedConnection) -> None:
        self.silent.pop(connection, None)
        self.of_address[connection.address] -= 1
        if self.of_address[connection.address] <= 0:
            del self.of_address[connection.address]

    def count_cut(self, loop: asyncio.AbstractEventLoop) -> None:
        """Count it for the log, which has one line a minute at most, and no address."""
        self._cut += 1
        if self._log_timer is None:
            self._log_timer = loop.call_later(1, self._log_cuts, loop)

    def _log_cuts(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._cut:
            _log.warning(
                "%d connections were cut: half-sent, unread, or more than there are places.",
                self._cut,
            )
        self._log_timer = loop.call_later(LOG_EVERY_S, self._log_cuts, loop) if self._cut else None
        self._cut = 0

    def close(self) -> None:
        """Cut arrivals and TLS handshakes, which uvicorn does not know, and end the log lines."""
        for silent in list(self.silent):
            if not isinstance(silent, HttpConnection):
                silent.cut()
        if self._log_timer:
            self._log_timer.cancel()


@dataclass
class _Body:
    """What has come of a body since it began, and how long it may take for that."""

    began_s: float
    came_bytes: int = 0
    counted_bytes: int = 0

    def receive(self, came_bytes: int) -> bool:
        """Count bytes; says whether they earn another second."""
        self.came_bytes += came_bytes
        earned = self.came_bytes - self.counted_bytes >= LEAST_BODY_BYTES_PER_S
        if earned:
            self.counted_bytes = self.came_bytes
        return earned

    def due_s(self) -> float:
        earned_s = self.came_bytes / LEAST_BODY_BYTES_PER_S
        return self.began_s + min(BODY_S + earned_s, LONGEST_BODY_S)


class HttpConnection(H11Protocol):
    """One connection of uvicorn's, with a deadline for whatever the other side owes."""

    server_state: ConnectionTable

    def __init__(self, turns: ReadingTurns, *args: Any, **settings: Any) -> None:  # noqa: ANN401 - those of uvicorn
        super().__init__(*args, **settings)
        self.address = ""
        self._turns = turns
        self._unparsed = bytearray()
        self._admitted = False
        self._owed = ""
        self._body = _Body(0.0)
        self._deadline: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self._admitted = self.server_state.admit(self)
        if self._admitted:
            self._watch()
        else:
            transport.write(BUSY)
            self.cut()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget(self._deadline)
        self._forget(self._unread)
        if self._admitted:
            self._admitted = False
            self.server_state.remove(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._unparsed and not self._turns.needs_turn(self.address):
            self._parse(data)
            return
        self._unset_keepalive_if_required()
        self.flow.pause_reading()
        if not self._unparsed:
            self._turns.queue(self)
        self._unparsed += data

    def parse_received(self) -> None:
        """Parse what was kept back, and read on."""
        data, self._unparsed = bytes(self._unparsed), bytearray()
        if not self.transport.is_closing():
            self.flow.resume_reading()
            self._parse(data)

    def _parse(self, data: bytes) -> None:
        of_body = data if self._owed == _SEND_BODY else data.partition(_END_OF_HEADER)[2]
        super().data_received(data)
        self._watch()
        if self._owed == _SEND_BODY and self._admitted and self._body.receive(len(of_body)):
            self.server_state.mark_active(self)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._forget(self._unread)
        self._unread = self.loop.call_later(UNREAD_S, self._out_of_time)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._forget(self._unread)

    def cut(self) -> None:
        """Abort it, whatever the other side does, and leave the table."""
        self.transport.abort()
        if self._admitted:
            self._admitted = False
            self.server_state.remove(self)

    def _watch(self) -> None:
        """Begin the deadline anew when the other side owes something else."""
        owed = repr(self.conn.their_state)
        if owed == self._owed or not self._admitted:
            return
        self._owed = owed
        self._forget(self._deadline)
        self.server_state.silent.pop(self, None)
        if owed in {_IDLE, _SEND_BODY}:
            self.server_state.silent[self] = None
            self._body = _Body(self.loop.time())
            within_s = HEADER_S if owed == _IDLE else BODY_S
            self._deadline = self.loop.call_later(within_s, self._check_deadline)

    def _check_deadline(self) -> None:
        """What has come of a body since may have put it off."""
        due_s = self._body.due_s()
        if self._owed == _SEND_BODY and due_s > self.loop.time():
            self._deadline = self.loop.call_at(due_s, self._check_deadline)
        else:
            self._out_of_time()

    def _out_of_time(self) -> None:
        silent = self._owed == _IDLE
        if silent and self.conn.trailing_data[0]:
            self.transport.write(_TOO_SLOW)
        if not silent or self.conn.trailing_data[0]:  # browsers open lines in advance
            self.server_state.count_cut(self.loop)
        self.cut()

    @staticmethod
    def _forget(timer: asyncio.TimerHandle | None) -> None:
        if timer:
            timer.cancel()
