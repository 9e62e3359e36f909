"""Fake call display, in memory."""

from collections import deque

from hardware.plug import Plug

MOST_REMEMBERED = 1000


class FakeCallDisplay:
    """`shown` is what stands on it now, `calls` what stood there so far."""

    def __init__(self) -> None:
        self.plug = Plug("call display")
        self.shown: tuple[str, str] | None = None
        self.calls: deque[tuple[str, str]] = deque(maxlen=MOST_REMEMBERED)

    def open(self) -> None:
        self.plug.open()

    def close(self) -> None:
        self.plug.close()

    def show(self, number: str, desk: str) -> None:
        self.plug.require()
        self.shown = (number, desk)
        self.calls.append(self.shown)

    def clear(self) -> None:
        self.plug.require()
        self.shown = None
