"""Fake computer and fake ignition, in memory."""

from __future__ import annotations

from hardware.board.port import Readings
from hardware.plug import Plug

WELL = Readings(
    celsius=45.0,
    under_voltage=False,
    under_voltage_before=False,
    throttled=False,
    throttled_before=False,
    free_bytes=8 * 1024**3,
    free_files=100_000,
    read_only=False,
)


class FakeBoard:
    """Tells what stands in `readings`."""

    def __init__(self) -> None:
        self.plug = Plug("board")
        self.readings = WELL

    def open(self) -> None:
        self.plug.open()

    def close(self) -> None:
        self.plug.close()

    def read(self) -> Readings:
        self.plug.require()
        return self.readings


class FakeIgnition:
    """The key is in `on`."""

    def __init__(self) -> None:
        self.plug = Plug("board")
        self.on: bool | None = True

    def open(self) -> None:
        self.plug.open()

    def close(self) -> None:
        self.plug.close()

    def is_on(self) -> bool | None:
        self.plug.require()
        return self.on
