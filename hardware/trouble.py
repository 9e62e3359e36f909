"""Trouble vocabulary: what can be wrong with any device, the one list of it."""

from enum import StrEnum


class Trouble(StrEnum):
    """Drivers, journal and pages tell a trouble by the same word."""

    ABSENT = "absent"
    BUSY = "busy"
    LOST = "lost"
    SILENT = "silent"
    FAULT = "fault"
    CONFUSED = "confused"
    MISCONFIGURED = "misconfigured"
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

    @property
    def harmless(self) -> bool:
        """Whether the device still does its work, and only needs looking after."""
        return self in _HARMLESS


_HARMLESS = frozenset(
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
