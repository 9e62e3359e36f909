"""The wire between QEMU's USB serial adapter and a device that tests/emulators plays."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulators.line import FarEnd


class Silent:
    """A device that only talks by itself, or not at all."""

    def hear(self, received: bytes) -> bytes:
        del received
        return b""


SILENCE = Silent()


class Wire:
    """Hands every byte to the far end, and its answers back, until the plug is pulled."""

    def __init__(self, path: Path, far_end: FarEnd) -> None:
        self.received = bytearray()
        self._far_end = far_end
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        threading.Thread(target=self._run, daemon=True).start()

    def say(self, sent: bytes) -> None:
        """Send without having been asked."""
        self._socket.sendall(sent)

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _run(self) -> None:
        with suppress(OSError):  # pulled
            while heard := self._socket.recv(4096):
                self.received += heard
                if answer := self._far_end.hear(heard):
                    self._socket.sendall(answer)
