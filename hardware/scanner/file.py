"""File scanner, a stand-in: what is written into a named pipe has been scanned."""

from __future__ import annotations

import os
import select
import stat
import time
from collections import deque
from typing import TYPE_CHECKING

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.scanner.framing import Framing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hardware.scanner.port import Scan

_AT_ONCE_BYTES = 4096


class FileScanner:
    """`echo 12345678 > PIPE` scans that code."""

    def __init__(self, pipe: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._pipe = pipe
        self._clock = clock
        self._fd: int | None = None
        self._framing = Framing()
        self._scans: deque[Scan] = deque()

    def open(self) -> None:
        self.close()
        try:
            self._pipe.parent.mkdir(parents=True, exist_ok=True)
            if not self._pipe.exists():
                os.mkfifo(self._pipe, 0o660)
            is_pipe = stat.S_ISFIFO(self._pipe.stat().st_mode)
            # For writing too: so the pipe never ends when a writer closes it.
            self._fd = os.open(self._pipe, os.O_RDWR | os.O_NONBLOCK) if is_pipe else None
        except OSError as error:
            raise CannotOpen("scanner", f"{self._pipe}: {error.strerror}") from error
        if not is_pipe:
            raise CannotOpen("scanner", f"{self._pipe} is no named pipe")

    def close(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
        self._fd = None
        self._framing.forget()
        self._scans.clear()

    def wait(self, timeout_s: float) -> Scan | None:
        if self._fd is None:
            raise DeviceClosed("scanner")
        deadline_s = time.monotonic() + timeout_s
        while not self._scans and (remaining_s := deadline_s - time.monotonic()) > 0:
            received = self._read(self._fd, remaining_s)
            self._scans.extend(self._framing.feed(received, self._clock()))
        return self._scans.popleft() if self._scans else None

    def _read(self, fd: int, timeout_s: float) -> bytes:
        try:
            readable, _, _ = select.select([fd], [], [], timeout_s)
            return os.read(fd, _AT_ONCE_BYTES) if readable else b""
        except BlockingIOError:  # another reader was faster
            return b""
        except OSError as error:
            raise DeviceLost("scanner", f"{self._pipe}: {error.strerror}") from error
