"""Files of appointments to read, for the small town."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kiosk.domain.local_time import BERLIN
from kiosk.files.appointments import read_appointments
from kiosk.settings.schema.faults import FileErrors
from tests.town import TOWN

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.files.appointments.validation import AppointmentFile

TODAY = date(2026, 11, 22)
HEAD = "Datum;Uhrzeit;Anliegen;Standort;Code\n"


def read(folder: Path, content: str | bytes, name: str = "termine.csv") -> AppointmentFile:
    """Read a file with that content on a Sunday in November."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_appointments(file, TOWN, TODAY)


def faults(folder: Path, content: str | bytes, name: str = "termine.csv") -> list[str]:
    """What is wrong with a file, one line each without its path; nothing where all is right."""
    try:
        read(folder, content, name)
    except FileErrors as errors:
        return [line.removeprefix(str(folder / name)).lstrip(":") for line in errors.lines()]
    return []


def booking_lines(book: AppointmentFile) -> list[str]:
    """The bookings in short: `2026-11-24 10:00 jobs market 4711`, with `-` where cancelled."""
    return [
        f"{'-' if b.cancelled else ''}{b.time.astimezone(BERLIN):%Y-%m-%d %H:%M}"
        f" {b.topic} {b.stop or '*'} {b.code or '?'}"
        for b in book.bookings
    ]
