"""Fake scanner, in memory."""

from __future__ import annotations

import queue
import time
from typing import TYPE_CHECKING

from hardware.plug import Plug
from hardware.scanner.framing import Framing

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.scanner.port import Scan


class FakeScanner:
    """`hold` is the hand of a test, with whatever it holds under the scanner."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.plug = Plug("scanner")
        self._clock = clock
        self._framing = Framing()
        self._scans: queue.SimpleQueue[Scan] = queue.SimpleQueue()

    def hold(self, content: bytes | str) -> None:
        raw = content.encode() if isinstance(content, str) else content
        for scan in self._framing.feed(raw + b"\r", self._clock()):
            self._scans.put(scan)

    def unread(self) -> int:
        """How many scans are unread."""
        return self._scans.qsize()

    def open(self) -> None:
        self.plug.open()

    def close(self) -> None:
        self.plug.close()

    def wait(self, timeout_s: float) -> Scan | None:
        self.plug.require()
        try:
            return self._scans.get(timeout=timeout_s)
        except queue.Empty:
            return None
