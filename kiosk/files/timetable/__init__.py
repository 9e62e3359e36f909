"""Reader of year plans: CSV as Excel saves it, iCalendar as Outlook exports it.

docs/timetable.md describes both for those who write them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.files.faults import without_control_characters
from kiosk.files.file_reader import ImportFile, load_file, read_file
from kiosk.files.timetable.calendar import read_events
from kiosk.files.timetable.table import read_table
from kiosk.files.timetable.validation import YearPlanReader

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kiosk.domain.profile import Profile
    from kiosk.files.timetable.validation import YearPlan

_READERS = {".csv": read_table, ".ics": read_events}


def read_plan(file: Path, profile: Profile, today: date) -> YearPlan:
    """The planned visits of a file. Raises `ImportErrors` with all that is wrong in it."""
    return parse_plan(load_file(file), profile, today)


def parse_plan(file: ImportFile, profile: Profile, today: date) -> YearPlan:
    """The same of a file that is in memory."""
    reading = YearPlanReader(without_control_characters(file.path.name), profile, today)
    read_file(file, _READERS, reading)
    return reading.plan()
