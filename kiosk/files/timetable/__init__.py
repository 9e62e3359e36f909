"""Reads a year plan from a file: CSV as Excel saves it, iCalendar as Outlook exports it.

docs/timetable.md describes both for those who write them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.files.encoding import text_of
from kiosk.files.faults import TimetableErrors, refuse
from kiosk.files.timetable.calendar import read_events
from kiosk.files.timetable.table import read_table
from kiosk.files.timetable.validation import Reading

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kiosk.domain.profile import Profile
    from kiosk.files.timetable.validation import Plan

__all__ = ["TimetableErrors", "read_plan"]

_READERS = {".csv": read_table, ".ics": read_events}


def read_plan(file: Path, profile: Profile, today: date) -> Plan:
    """The planned visits of a file. Raises `TimetableErrors` with all that is wrong in it."""
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        refuse(file, "is neither .csv nor .ics", "save the plan in one of these two forms")
    reading = Reading(file.name, profile, today)
    reader(text_of(file), reading)
    if reading.problems:
        raise TimetableErrors(str(file), reading.problems)
    return reading.plan()
