"""Reader of appointments: CSV as Excel saves it, iCalendar as booking systems export it.

Nothing personal leaves this package: docs/appointments.md says what is read and what is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.files.appointments.calendar import read_events
from kiosk.files.appointments.table import read_table
from kiosk.files.appointments.validation import AppointmentReader
from kiosk.files.faults import without_control_characters
from kiosk.files.file_reader import ImportFile, load_file, read_file

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kiosk.domain.profile import Profile
    from kiosk.files.appointments.validation import AppointmentFile

_READERS = {".csv": read_table, ".ics": read_events}


def read_appointments(file: Path, profile: Profile, today: date) -> AppointmentFile:
    """The appointments of a file. Raises `ImportErrors` with all that is wrong in it."""
    return parse_appointments(load_file(file), profile, today)


def parse_appointments(file: ImportFile, profile: Profile, today: date) -> AppointmentFile:
    """The same of a file that is in memory."""
    reading = AppointmentReader(without_control_characters(file.path.name), profile, today)
    read_file(file, _READERS, reading)
    return reading.result()
