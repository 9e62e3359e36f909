"""Buttons in memory."""

from __future__ import annotations

import queue
import time
from typing import TYPE_CHECKING

from hardware.buttons.port import ButtonEdge
from hardware.plug import Plug

if TYPE_CHECKING:
    from collections.abc import Callable


class FakeButtons:
    """`press` is the finger of a test."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.plug = Plug("buttons")
        self._clock = clock
        self._edges: queue.SimpleQueue[ButtonEdge] = queue.SimpleQueue()

    def press(self, name: str) -> None:
        self._edges.put(ButtonEdge(name, down=True, at_s=self._clock()))
        self._edges.put(ButtonEdge(name, down=False, at_s=self._clock()))

    def unheard(self) -> int:
        """How many edges nobody has asked for yet."""
        return self._edges.qsize()

    def open(self) -> None:
        self.plug.open()

    def close(self) -> None:
        self.plug.close()

    def wait(self, timeout_s: float) -> ButtonEdge | None:
        self.plug.require()
        try:
            return self._edges.get(timeout=timeout_s)
        except queue.Empty:
            return None
