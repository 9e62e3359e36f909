"""Reads appointments from a file: CSV as Excel saves it, iCalendar as booking systems export it.

Nothing personal leaves this package: docs/appointments.md says what is read and what is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.files.appointments.calendar import read_events
from kiosk.files.appointments.table import read_table
from kiosk.files.appointments.validation import Reading
from kiosk.files.encoding import text_of
from kiosk.settings.schema.problems import FileErrors, Problem

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kiosk.domain.profile import Profile
    from kiosk.files.appointments.validation import Book

__all__ = ["read_book"]

_READERS = {".csv": read_table, ".ics": read_events}


def read_book(file: Path, profile: Profile, today: date) -> Book:
    """The appointments of a file. Raises `FileErrors` with all that is wrong in it."""
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        what = "is neither .csv nor .ics"
        raise FileErrors(str(file), [Problem(0, what, "save it in one of these two forms")])
    reading = Reading(profile, today)
    reader(text_of(file), reading)
    reading.finish()
    if reading.problems:
        raise FileErrors(str(file), reading.problems)
    return reading.book()
