"""A line to a server that breaks after some bytes, as that of a bus does; TLS passes through."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.export.authority import HOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class CuttingProxy:
    """`next_cut` says after how many bytes from the server each connection breaks; None: never."""

    server_port: int
    next_cut: Callable[[], int | None]
    passed: int = 0
    connections: int = 0
    listener: socket.socket = field(default_factory=lambda: socket.create_server((HOST, 0)))

    @property
    def origin(self) -> str:
        return f"https://{HOST}:{self.listener.getsockname()[1]}"

    def accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        left = self.next_cut()
        with client, socket.create_connection((HOST, self.server_port)) as server:
            there = threading.Thread(target=_pour, args=(client, server), daemon=True)
            there.start()
            with suppress(OSError):
                while block := server.recv(16 * 1024):
                    block = block if left is None else block[:left]
                    client.sendall(block)
                    self.passed += len(block)
                    left = None if left is None else left - len(block)
                    if left == 0:
                        break
            for end in (client, server):  # a close alone waits for the other thread's reading
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)


def _pour(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while block := source.recv(16 * 1024):
            sink.sendall(block)


@contextmanager
def cutting_proxy(server_port: int, next_cut: Callable[[], int | None]) -> Iterator[CuttingProxy]:
    proxy = CuttingProxy(server_port, next_cut)
    threading.Thread(target=proxy.accept, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.listener.close()
