"""iCalendar reader of appointments: each event is one, or many; lines about people are removed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kiosk.domain.local_time import to_the_minute
from kiosk.files.appointments.table import COLUMNS
from kiosk.files.appointments.validation import AppointmentDraft
from kiosk.files.icalendar_events import (
    CALLED_OFF,
    CANCELLED_TITLE,
    AllDay,
    expand_occurrences,
    labelled_lines,
)

if TYPE_CHECKING:
    from kiosk.files.appointments.validation import AppointmentReader
    from kiosk.files.icalendar_events import Occurrence


_COLUMNS: Final = {name: column for column in ("topic", "stop", "code") for name in COLUMNS[column]}


def read_events(raw: bytes, reading: AppointmentReader) -> None:
    """Take every occurrence from today to the horizon.

    The topic is the CATEGORIES, else a line "Anliegen: ..." of the description; the stop is the
    LOCATION or a line "Standort: ..."; the code is a line "Code: ...". Nothing else is looked at.
    """
    for found in expand_occurrences(raw, reading, only_begins=True, keep=without_people):
        if reading.full:
            break
        if isinstance(found, AllDay):
            reading.all_day += 1
        elif found.withdrawn and found.repeats and not found.repetition:
            continue  # each of its repetitions is an appointment, and is told
        else:
            reading.take(_draft(found))
    reading.finish()


def _draft(found: Occurrence) -> AppointmentDraft:
    labelled = labelled_lines(found.description, _COLUMNS)
    begins = to_the_minute(found.begins)
    return AppointmentDraft(
        found.line,
        begins,
        found.categories or tuple(labelled[name] for name in ("topic",) if name in labelled),
        found.location or labelled.get("stop", ""),
        labelled.get("code", ""),
        found.cancelled,
        _origin(found),
        found.withdrawn,
        found.sequence,
    )


def _origin(found: Occurrence) -> str:
    """What moves stays the same, one event as well as one repetition of several."""
    if not found.uid:
        return ""
    return f"{found.uid} {found.repetition.isoformat()}" if found.repetition else found.uid


KEPT_PROPERTIES: Final = frozenset(
    (
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD"),
        *("UID", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "DURATION", "DTSTAMP"),
        *("RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE"),
        *("CATEGORIES", "LOCATION", "DESCRIPTION"),
        *("TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "X-WR-TIMEZONE"),
    )
)
"""The lines that are read. SUMMARY, ATTENDEE, ORGANIZER and all others are not."""

_NAME = re.compile(r"[A-Za-z0-9-]+")
_TITLE = re.compile(r'SUMMARY(?:;(?:[^":]|"[^"]*")*)?:\s*', re.IGNORECASE)


def without_people(content: str) -> str:
    """A content line if it tells nothing of people, else nothing of it.

    Of a title only that is kept that it begins with "Abgesagt:".
    """
    title = _TITLE.match(content)
    if title:
        return f"{CALLED_OFF}:1" if CANCELLED_TITLE.match(content, title.end()) else ""
    name = _NAME.match(content)
    return content if name and name[0].upper() in KEPT_PROPERTIES else ""
