"""Serial scanner driver (USB CDC or UART): each scan is a line."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from hardware.scanner.framing import Framing

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.scanner.port import Scan
    from hardware.serial_line import SerialLine


class SerialScanner:
    """Only listens: nothing is ever sent to the scanner, so no code can set it otherwise."""

    def __init__(self, line: SerialLine, clock: Callable[[], float] = time.monotonic) -> None:
        self._line = line
        self._clock = clock
        self._framing = Framing()
        self._scans: deque[Scan] = deque()

    def open(self) -> None:
        self._line.open()
        self._framing.forget()
        self._scans.clear()
        self._line.forget_received()  # scanned before the port was opened: too old

    def close(self) -> None:
        self._line.close()

    def wait(self, timeout_s: float) -> Scan | None:
        deadline_s = time.monotonic() + timeout_s
        while not self._scans and (remaining_s := deadline_s - time.monotonic()) > 0:
            received = self._line.read(remaining_s)
            self._scans.extend(self._framing.feed(received, self._clock()))
        return self._scans.popleft() if self._scans else None
