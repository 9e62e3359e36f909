"""Port of the computer and its ignition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hardware.port import Device

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Readings:
    """One look. None is "unknown": what a computer does not tell is never taken for good.

    `..._before`: at some time since the computer was started, or since the last reading.
    `wear_percent` is how much of the disk's life is used at most; above 100 it is over.
    `reserve_low`: most of the blocks that the disk keeps in reserve are used up.
    """

    celsius: float | None = None
    under_voltage: bool | None = None
    under_voltage_before: bool | None = None
    throttled: bool | None = None
    throttled_before: bool | None = None
    wear_percent: int | None = None
    reserve_low: bool | None = None
    free_bytes: int | None = None
    free_files: int | None = None
    read_only: bool | None = None

    @property
    def sentence(self) -> str:
        """In English, for technicians."""
        return f"{', '.join(self._sentences())}."

    def _sentences(self) -> Iterator[str]:
        yield "temperature unknown" if self.celsius is None else f"{self.celsius:.0f} °C"
        voltage = (self.under_voltage, self.under_voltage_before)
        yield _now_and_before("voltage", "too low", "good", voltage)
        speed = (self.throttled, self.throttled_before)
        yield _now_and_before("speed", "throttled", "full", speed)
        yield f"disk wear {_percent(self.wear_percent)}"
        if self.reserve_low:
            yield "disk reserve low"
        if self.free_bytes is not None:
            yield f"{self.free_bytes // 1024**2} MB free"
        if self.read_only:
            yield "disk read-only"


def _percent(wear: int | None) -> str:
    if wear is None:
        return "unknown"
    return "over its life" if wear > 100 else f"at most {wear} %"  # noqa: PLR2004 - percent


def _now_and_before(name: str, bad: str, good: str, is_bad: tuple[bool | None, bool | None]) -> str:
    now, before = is_bad
    if now is None:
        return f"{name} unknown"
    if now:
        return f"{name} {bad}"
    return f"{name} {good} now, {bad} before" if before else f"{name} {good}"


class Board(Device, Protocol):
    """Reads what the computer tells about itself.

    Refuses to know what is too hot or too full: that is decided elsewhere.
    """

    def read(self) -> Readings:
        """Look now; takes milliseconds. Raises `DeviceClosed` or `DeviceLost`."""


class Ignition(Device, Protocol):
    """Tells whether the bus feeds the box, or the box lives on what it has stored.

    Refuses to know how long that is enough.
    """

    def is_on(self) -> bool | None:
        """None is "unknown", and no reason to shut down. Raises `DeviceClosed` or `DeviceLost`."""
