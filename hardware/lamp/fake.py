"""Fake lamps, in memory."""

from collections import deque

from hardware.plug import Plug

MOST_REMEMBERED = 1000


class FakeLamp:
    """Keeps which lamps lit up and for how long, in order."""

    def __init__(self) -> None:
        self.plug = Plug("lamp")
        self.flashes: deque[tuple[str, float]] = deque(maxlen=MOST_REMEMBERED)

    def open(self) -> None:
        self.plug.open()

    def close(self) -> None:
        self.plug.close()

    def flash(self, name: str, duration_s: float) -> None:
        self.plug.require()
        if duration_s > 0:
            self.flashes.append((name, duration_s))
