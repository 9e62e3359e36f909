"""Rules of the computer: hysteresis of its troubles, shutdown by the ignition. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from hardware.trouble import Trouble
from kiosk.domain.device_condition import READY, Condition
from kiosk.store.examination import COMFORTABLE_FREE_BYTES, COMFORTABLE_FREE_FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hardware.board.port import Readings

HOT_C, COOL_C = 75.0, 70.0
"""A Raspberry Pi slows itself down from 80 °C on, and more so from 85 °C."""

MOST_WEAR_PERCENT = 100
"""The last tenth of an eMMC's life has begun: it tells tenths, rounded up."""

QUIET_S = 60.0
"""A trouble is over when it was away for so long: a sensor that flaps is told once."""

POWER_QUIET_S = 3.0
"""The ignition is believed sooner, unless it flaps: the key has just been turned."""

NEVER_ON_S = 600.0
"""An ignition that was off from the start is believed later: the wire may be at the wrong pin, and
a box that shuts down a minute after each start cannot be mended."""


@dataclass(slots=True)
class _Held:
    """A reported trouble: when it was last seen, and how long that counts."""

    seen_s: float
    quiet_s: float


class Steady:
    """Hysteresis of troubles: reported at once when they come, and only after a while gone."""

    def __init__(self) -> None:
        self._held: dict[Trouble, _Held] = {}
        self._ended_s: dict[Trouble, float] = {}

    def troubles(self, found: Iterable[Trouble], at_s: float) -> frozenset[Trouble]:
        """What is told at this time, in seconds of any clock that only grows."""
        for trouble in found:
            quiet_s = self._quiet_s(trouble, at_s)
            self._held.setdefault(trouble, _Held(at_s, quiet_s)).seen_s = at_s
        for trouble, held in list(self._held.items()):
            if at_s - held.seen_s >= held.quiet_s:
                del self._held[trouble]
                self._ended_s[trouble] = at_s
        return frozenset(self._held)

    def _quiet_s(self, trouble: Trouble, at_s: float) -> float:
        flaps = trouble in self._ended_s and at_s - self._ended_s[trouble] < QUIET_S
        return POWER_QUIET_S if trouble is Trouble.NO_POWER and not flaps else QUIET_S


class BoardRule:
    """Turns readings into a condition that changes seldom, worst first."""

    def __init__(self) -> None:
        self._steady = Steady()
        self._reported: Condition = READY
        self._low_before: bool | None = None

    def judge(self, readings: Readings, others: Iterable[Trouble], at_s: float) -> Condition:
        """`others` are troubles that do not stand in the readings."""
        found = {*others, *self._found(readings)}
        self._low_before = readings.under_voltage_before
        troubles = self._steady.troubles(found, at_s)
        if troubles != frozenset(self._reported.troubles):
            detail = readings.sentence if troubles else ""
            self._reported = Condition(tuple(t for t in WORST_FIRST if t in troubles), detail)
        return self._reported

    def _found(self, readings: Readings) -> Iterator[Trouble]:
        yield from _heat(readings, hot_before=Trouble.HOT in self._reported.troubles)
        just_low = readings.under_voltage_before and self._low_before is False
        if readings.under_voltage or just_low:
            yield Trouble.UNDER_VOLTAGE
        if readings.throttled:
            yield Trouble.THROTTLED
        yield from _disk(readings)


WORST_FIRST = (
    Trouble.NO_POWER,
    Trouble.DISK_READ_ONLY,
    Trouble.IGNITION_UNKNOWN,
    Trouble.UNDER_VOLTAGE,
    Trouble.DISK_FULL,
    Trouble.DISK_WORN,
    Trouble.HOT,
    Trouble.THROTTLED,
    Trouble.CLOCK_UNKNOWN,
)


def _heat(readings: Readings, *, hot_before: bool) -> Iterator[Trouble]:
    limit_c = COOL_C if hot_before else HOT_C
    if readings.celsius is not None and readings.celsius >= limit_c:
        yield Trouble.HOT


def _disk(readings: Readings) -> Iterator[Trouble]:
    few_bytes = readings.free_bytes is not None and readings.free_bytes < COMFORTABLE_FREE_BYTES
    few_files = readings.free_files is not None and readings.free_files < COMFORTABLE_FREE_FILES
    if few_bytes or few_files:
        yield Trouble.DISK_FULL
    worn = readings.wear_percent is not None and readings.wear_percent >= MOST_WEAR_PERCENT
    if worn or readings.reserve_low:
        yield Trouble.DISK_WORN
    if readings.read_only:
        yield Trouble.DISK_READ_ONLY


class Order(Enum):
    """What the ignition asks for."""

    STAY = auto()
    ANNOUNCE = auto()
    LEAVE = auto()


class IgnitionRule:
    """When the ignition has been off for long enough.

    An unknown one is no reason to leave, and none to count anew: while it cannot be read, the time
    stands still.
    """

    def __init__(self, off_after_s: float) -> None:
        self._off_after_s = off_after_s
        self._seen_on = False
        self._off_s = 0.0
        self._off_at_s: float | None = None

    def order(self, on: bool | None, at_s: float) -> Order:  # noqa: FBT001 - what the line says
        """What to do at this time; staff are told for the last `off_after_s`."""
        if on is not False:
            self._off_at_s = None
            if on:
                self._seen_on, self._off_s = True, 0.0
            return Order.STAY
        if self._off_at_s is not None:
            self._off_s += at_s - self._off_at_s
        self._off_at_s = at_s
        patience_s = self._off_after_s if self._seen_on else NEVER_ON_S + self._off_after_s
        left_s = patience_s - self._off_s
        if left_s <= 0:
            return Order.LEAVE
        return Order.ANNOUNCE if left_s <= self._off_after_s else Order.STAY
