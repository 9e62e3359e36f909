"""Trouble vocabulary: what can be wrong with any device, the one list of it."""

from __future__ import annotations

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
    UNATTENDED = "unattended"

    @classmethod
    def _missing_(cls, _word: object) -> Trouble:
        """A word of another version, in a journal or a row, is a fault at least."""
        return cls.FAULT

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
