"""Deadline of all connections of a client: a server that answers by drops ends no read by itself.

A timeout of a socket begins anew with every byte. So when the time is over, the line is cut from
beneath: a read or write under way gets an error at once.
"""

from __future__ import annotations

import socket
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

from urllib3 import HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPSConnection

if TYPE_CHECKING:
    from collections.abc import Iterator


class Deadline:
    """Cuts the lines that were opened under it, once `running` is over its time."""

    def __init__(self) -> None:
        self._lines: list[socket.socket] = []
        self._lock = Lock()
        self.passed = False

    @contextmanager
    def running(self, seconds: float) -> Iterator[None]:
        """Everything within has so long, all together."""
        self.passed = False
        timer = Timer(seconds, self._pass)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._let_go()

    def watch(self, line: socket.socket) -> None:
        """Cut this one as well; TLS takes the socket over, so that a second handle is needed."""
        with self._lock:
            self._lines.append(line.dup())
        if self.passed:
            self._pass()

    def bind(self, manager: PoolManager) -> PoolManager:
        """Let all connections of a manager stand under this deadline."""
        deadline = self

        class Connection(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                line = super()._new_conn()
                deadline.watch(line)
                return line

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        schemes: dict[str, Any] = {**manager.pool_classes_by_scheme, "https": Pool}
        manager.pool_classes_by_scheme = schemes
        return manager

    def _pass(self) -> None:
        self.passed = True
        with self._lock:
            for line in self._lines:
                with suppress(OSError):  # the other side was faster
                    line.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        with self._lock:
            for line in self._lines:
                line.close()
            self._lines.clear()
