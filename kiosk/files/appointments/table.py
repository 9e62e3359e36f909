"""CSV reader of appointments; columns about people are skipped, whatever stands in them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kiosk.domain.appointment_code import parse_code
from kiosk.domain.local_time import BERLIN
from kiosk.files.appointments.validation import AppointmentDraft
from kiosk.files.csv_rows import read_rows, row_day, row_is_cancelled
from kiosk.files.dates import parse_day, parse_hour, parse_hours
from kiosk.files.sentences import WRITE_IT_AS, Sentence, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import time

    from kiosk.files.appointments.validation import AppointmentReader
    from kiosk.files.csv_rows import CsvRow

PERSONAL: Final = (
    *("name", "vorname", "nachname", "familienname", "kunde", "kundin", "anrede", "titel"),
    *("first name", "last name", "surname", "customer", "client", "person", "teilnehmer"),
    *("telefon", "telefonnummer", "handy", "mobil", "phone", "mobile", "e mail", "email", "mail"),
    *("adresse", "anschrift", "strasse", "plz", "wohnort", "address", "geburtsdatum", "birthday"),
    *("bemerkung", "bemerkungen", "notiz", "notizen", "kommentar", "betreff", "hinweis"),
    *("note", "notes", "comment", "subject", "aktenzeichen", "kundennummer", "bg nummer"),
)
"""Headers whose columns are never even looked at."""

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("datum", "tag", "termin", "date", "day", "appointment"),
    "weekday": ("wochentag", "weekday"),
    "time": ("uhrzeit", "zeit", "beginn", "von", "start", "time", "begin", "begins", "from"),
    "topic": ("anliegen", "thema", "dienstleistung", "topic", "service"),
    "stop": ("standort", "haltestelle", "ort", "stop", "location"),
    "code": ("code", "termincode", "appointment code"),
    "reference": ("terminnummer", "buchungsnummer", "vorgangsnummer", "booking number"),
    "status": ("status",),
    "ignored": (
        *("kw", "kalenderwoche", "nr", "no", "ende", "bis", "dauer"),
        *("end", "until", "to", "duration", *PERSONAL),
    ),
}
"""What a column holds, and the headers under which it is found."""


_NO_TIME: Final = Sentence("{cell} is no time", "{cell} ist keine Uhrzeit")
_WITHOUT_TIME: Final = Sentence("has no time", "die Uhrzeit fehlt")
_ZERO_DECIMALS: Final = re.compile(r"[.,]0+$")


def read_table(raw: bytes, reading: AppointmentReader) -> None:
    """Take every row of a table."""
    for line, row in read_rows(raw, COLUMNS, _needed, reading):
        if reading.full:
            break
        _take(line, row, reading)
    reading.finish()


def _needed(found: Collection[str]) -> tuple[str, ...]:
    """A date may hold its time, "24.11.2026 10:00"."""
    return ("date", "topic") if "time" not in found else ("date", "time", "topic")


def _take(line: int, row: CsvRow, reading: AppointmentReader) -> None:
    day_cell, time_cell = _cells(row)
    day = row_day(line, {**row, "date": day_cell}, reading)
    hour = _hour(line, time_cell, reading)
    cancelled = row_is_cancelled(line, row, reading)
    code, reference = _code(row)
    origin = reading.counted(f"reference {reference}") if reference else ""
    reading.take(
        AppointmentDraft(
            line,
            datetime.combine(day, hour, BERLIN) if day is not None and hour is not None else None,
            (row.get("topic", ""),),
            row.get("stop", ""),
            code,
            bool(cancelled),
            origin,
        )
    )


def _code(row: CsvRow) -> tuple[str, str]:
    """The code, and what the booking system calls the appointment if that can be no code.

    It cannot be typed in, so this box draws a code, and finds the appointment again by the digest.
    """
    code, reference = (_ZERO_DECIMALS.sub("", row.get(name, "")) for name in ("code", "reference"))
    if code or parse_code(reference) is None:
        return code, "" if code else reference
    return reference, ""


def _cells(row: CsvRow) -> tuple[str, str]:
    """The date and the time of a row; both may stand in one cell."""
    date, time = row.get("date", ""), row.get("time")
    if time is not None or parse_day(date):
        return date, time or ""
    day, divided, hour = date.replace("T", " ").replace(", ", " ").rpartition(" ")
    if hour.lower() in {"uhr", "h"}:
        day, divided, hour = day.rpartition(" ")
    return (day.rstrip(","), hour) if divided else (date, "")


def _hour(line: int, written: str, reading: AppointmentReader) -> time | None:
    """When it begins; of "10:00-10:30" the first."""
    span = parse_hours(written)
    hour = span[0] if span else parse_hour(written)
    if hour is None:
        what = _NO_TIME.of(cell=quoted(written, 40)) if written else _WITHOUT_TIME
        reading.add_fault(line, what, WRITE_IT_AS.of(how="10:00"))
    return hour
