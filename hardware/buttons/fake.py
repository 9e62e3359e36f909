"""Fake buttons, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.buttons.finger import Finger
from hardware.plug import Plug

if TYPE_CHECKING:
    from hardware.buttons.port import ButtonEdge


class FakeButtons:
    """`finger` is that of a test."""

    def __init__(self) -> None:
        self.plug = Plug("buttons")
        self.finger = Finger()

    def press(self, name: str) -> None:
        self.finger.press(name)

    def unread(self) -> int:
        """How many edges are unread."""
        return self.finger.unread()

    def open(self) -> None:
        self.plug.open()
        self.finger.forget()

    def close(self) -> None:
        self.plug.close()

    def wait(self, timeout_s: float) -> ButtonEdge | None:
        self.plug.require()
        return self.finger.next_edge(timeout_s)

    def interrupt(self) -> None:
        self.finger.interrupt()

    def closed(self) -> frozenset[str]:
        self.plug.require()
        return self.finger.closed()
