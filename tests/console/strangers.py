"""Strangers on the bus's network: raw sockets from addresses of their own, all on loopback."""

from __future__ import annotations

import resource
import socket
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

HALF_SENT = b"GET /staff HTTP/1.1\r\nHost: localhost\r\n"
WHOLE = HALF_SENT + b"\r\n"


def get(path: str) -> bytes:
    """A whole request."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def address_of(stranger: int) -> str:
    """An address that is not this box's own."""
    return f"127.0.{1 + stranger // 250}.{1 + stranger % 250}"


class Strangers:
    """Connections to one port, closed in the end."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.lines: list[socket.socket] = []

    def send(self, data: bytes, stranger: int = 0) -> socket.socket:
        """Connect and send; the box may have closed the line meanwhile."""
        line = socket.create_connection(
            ("127.0.0.1", self._port), PATIENCE_S, source_address=(address_of(stranger), 0)
        )
        self.lines.append(line)
        with suppress(OSError):
            line.sendall(data)
        return line

    def statuses(self) -> list[int]:
        """What each line was answered; 0 for those that were cut without an answer."""
        return [status_of(line) for line in self.lines]

    def close(self) -> None:
        """Leave."""
        for line in self.lines:
            line.close()
        self.lines.clear()


def status_of(line: socket.socket) -> int:
    """The status of an answer; 0 when the line is cut instead."""
    head = b""
    try:
        while b"\r\n" not in head:
            if not (read := line.recv(1000)):
                return 0
            head += read
    except ConnectionError:
        return 0
    return int(head.split()[1])


@contextmanager
def strangers(url: str) -> Iterator[Strangers]:
    """Some of them, with as many files as they need."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    crowd = Strangers(int(url.rpartition(":")[2]))
    try:
        yield crowd
    finally:
        crowd.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
