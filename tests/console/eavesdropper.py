"""The bus's network as a SOCKS proxy: it leads every name to the box, and a person listens in."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.console.strangers import address_of
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_PASSWORD = b"\x05\x00"
_CONNECTED = b"\x05\x00\x00\x01" + bytes(6)


@dataclass
class Eavesdropper:
    """`heard` is all that passed. The box sees an address that is not its own."""

    listener: socket.socket
    heard: bytearray = field(default_factory=bytearray)
    lines: list[socket.socket] = field(default_factory=list)

    @property
    def proxy(self) -> str:
        return f"socks5://127.0.0.1:{self.listener.getsockname()[1]}"

    def listen(self) -> None:
        """Until the listener is closed."""
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            self.lines.append(near)
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        """RFC 1928, as far as a browser needs it."""
        with near.makefile("rb", buffering=0) as asked:
            _, methods = asked.read(2)
            asked.read(methods)
            near.sendall(_NO_PASSWORD)
            asked.read(4)
            asked.read(asked.read(1)[0])
            port = int.from_bytes(asked.read(2), "big")
        far = socket.create_connection(
            ("127.0.0.1", port), PATIENCE_S, source_address=(address_of(0), 0)
        )
        far.settimeout(None)
        self.lines.append(far)
        near.sendall(_CONNECTED)
        threading.Thread(target=self._pass_on, args=(far, near), daemon=True).start()
        self._pass_on(near, far)

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                self.heard += data
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:  # one side has left
            source.close()
            target.close()


@contextmanager
def eavesdropping() -> Iterator[Eavesdropper]:
    """Between other machines and the box."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        eavesdropper = Eavesdropper(listener)
        listening = threading.Thread(target=eavesdropper.listen)
        listening.start()
        try:
            yield eavesdropper
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            listening.join(PATIENCE_S)
            for line in eavesdropper.lines:
                line.close()
