"""Appointments as a calendar: each event of an iCalendar file is one, or many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kiosk.appointments.persons import without_persons
from kiosk.appointments.reading import Draft
from kiosk.appointments.table import COLUMNS
from kiosk.domain.local_time import BERLIN
from kiosk.timetable.names import plain
from kiosk.timetable.occurrences import AllDay, occurrences

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.appointments.reading import Reading
    from kiosk.timetable.occurrences import Occurrence

_LINE = re.compile(r"^\s*([^:\n]{1,40}):[ \t]*(\S.*)$", re.MULTILINE)
_SAID: Final = {name: column for column in ("topic", "stop", "code") for name in COLUMNS[column]}


def read_events(text: str, reading: Reading) -> None:
    """Take every occurrence from today to the horizon.

    The topic is the CATEGORIES, else a line "Anliegen: ..." of the description; the stop is the
    LOCATION or a line "Standort: ..."; the code is a line "Code: ...". Nothing else is looked at.
    """
    for found in occurrences(without_persons(text), reading):
        if reading.full:
            break
        if isinstance(found, AllDay):
            reading.all_day += 1
        else:
            reading.take(_draft(found))


def _draft(found: Occurrence) -> Draft:
    said = _said(found.description)
    begins = _local(found.begins)
    return Draft(
        found.line,
        begins,
        found.categories or tuple(said[name] for name in ("topic",) if name in said),
        found.location or said.get("stop", ""),
        said.get("code", ""),
        found.cancelled,
        _origin(found, begins),
    )


def _origin(found: Occurrence, begins: datetime) -> str:
    """One event that moves stays the same; of several repetitions each is one by its time."""
    if not found.uid:
        return ""
    return f"{found.uid} {begins.isoformat()}" if found.repeats else found.uid


def _said(description: str) -> dict[str, str]:
    """The lines of a description that begin as the columns of a table are named."""
    lines = ((_SAID.get(plain(name)), words) for name, words in _LINE.findall(description))
    return {column: words for column, words in lines if column}


def _local(moment: datetime) -> datetime:
    """The wall time in Berlin; a time without zone is meant so."""
    local = moment.astimezone(BERLIN) if moment.tzinfo else moment.replace(tzinfo=BERLIN)
    return local.replace(second=0, microsecond=0)
