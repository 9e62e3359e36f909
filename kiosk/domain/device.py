"""How a device on the wires is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """What can be wrong; the words for staff stand in `console/words/devices.py`."""

    ABSENT = "absent"
    BUSY = "busy"
    LOST = "lost"
    SILENT = "silent"
    FAULT = "fault"
    CONFUSED = "confused"
    MISSET = "misset"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    STUCK = "stuck"
    HOT = "hot"
    UNDER_VOLTAGE = "under_voltage"
    THROTTLED = "throttled"
    DISK_FULL = "disk_full"
    DISK_WORN = "disk_worn"
    DISK_READ_ONLY = "disk_read_only"
    CLOCK_UNKNOWN = "clock_unknown"
    NO_POWER = "no_power"
    IGNITION_UNKNOWN = "ignition_unknown"


_SENTENCES = {
    Trouble.ABSENT: "Not connected.",
    Trouble.BUSY: "Another program holds it.",
    Trouble.LOST: "It was unplugged.",
    Trouble.SILENT: "It does not answer.",
    Trouble.FAULT: "It reports a fault of its own.",
    Trouble.CONFUSED: "Its answers make no sense.",
    Trouble.MISSET: "It is set to what there is not.",
    Trouble.PAPER_LOW: "The paper is running out.",
    Trouble.PAPER_OUT: "The paper is out.",
    Trouble.COVER_OPEN: "The cover is open.",
    Trouble.OFFLINE: "It is offline.",
    Trouble.STUCK: "A contact does not open any more.",
    Trouble.HOT: "The computer is too hot.",
    Trouble.UNDER_VOLTAGE: "The supply voltage is too low.",
    Trouble.THROTTLED: "The computer runs slowly to protect itself.",
    Trouble.DISK_FULL: "The disk is almost full.",
    Trouble.DISK_WORN: "The disk is worn out.",
    Trouble.DISK_READ_ONLY: "Nothing can be written to the disk.",
    Trouble.CLOCK_UNKNOWN: "The clock has not been set.",
    Trouble.NO_POWER: "The ignition is off: the box shuts down.",
    Trouble.IGNITION_UNKNOWN: "The ignition cannot be read: the box never shuts down by itself.",
}

HARMLESS = frozenset(
    {
        Trouble.PAPER_LOW,
        Trouble.STUCK,
        Trouble.HOT,
        Trouble.UNDER_VOLTAGE,
        Trouble.THROTTLED,
        Trouble.DISK_FULL,
        Trouble.DISK_WORN,
        Trouble.CLOCK_UNKNOWN,
        Trouble.NO_POWER,
    }
)
"""With these a device still does its work, but somebody should look after it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is wrong with a device, worst first; `detail` is for technicians: a path, a pin."""

    troubles: tuple[Trouble, ...] = ()
    detail: str = ""

    @property
    def ready(self) -> bool:
        """Whether it does its work."""
        return HARMLESS.issuperset(self.troubles)

    @property
    def sentence(self) -> str:
        """In English, for the command line and the log."""
        told = " ".join(_SENTENCES[trouble] for trouble in self.troubles) or "Ready."
        return f"{told} ({self.detail})" if self.detail else told


READY = Condition()
