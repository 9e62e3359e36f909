"""A year plan as a table: CSV as Excel saves it, columns with German or English names."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from kiosk.domain.local_time import BERLIN
from kiosk.files.dates import hour_in, hours_in
from kiosk.files.table_rows import cancelled_in, day_of, read_rows
from kiosk.files.timetable.validation import Draft

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.files.table_rows import Row
    from kiosk.files.timetable.validation import Reading

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("datum", "date"),
    "weekday": ("wochentag", "tag", "weekday"),
    "stop": ("standort", "haltestelle", "ort", "stop", "location"),
    "begins": ("beginn", "von", "uhrzeit von", "start", "begins", "begin", "from"),
    "ends": ("ende", "bis", "uhrzeit bis", "ends", "end", "until", "to"),
    "hours": ("uhrzeit", "zeit", "zeiten", "hours"),
    "partners": ("partner", "dienststelle", "dienststellen", "partners"),
    "topics": ("themen", "thema", "themenfeld", "themenfelder", "anliegen", "topics", "topic"),
    "status": ("status",),
    "note": ("bemerkung", "bemerkungen", "hinweis", "note"),
    "ignored": ("kw", "kalenderwoche", "week", "nr", "no"),
}
"""What a column holds, and the headers under which it is found."""


def read_table(text: str, reading: Reading) -> None:
    """Take every row of a table; the first row that is not empty names the columns."""
    for line, row in read_rows(text, COLUMNS, _needed, reading):
        if reading.full:
            break
        _take(line, row, reading)
    reading.finish("visits")


def _needed(found: Collection[str]) -> tuple[str, ...]:
    return ("date", "stop", *(("hours",) if "hours" in found else ("begins", "ends")))


def _take(line: int, row: Row, reading: Reading) -> None:
    day = day_of(line, row, reading)
    hours = _hours(line, row, reading)
    cancelled = cancelled_in(line, row, reading)
    place = row.get("stop", "")
    offers = tuple(filter(None, (row.get("partners"), row.get("topics"))))
    if day is None or hours is None or cancelled is None:
        reading.meant(line, "visit", place, offers)  # all faults of a row at once
        return
    begins, ends = (datetime.combine(day, each, BERLIN) for each in hours)
    what, note = f"visit on {day.isoformat()}", row.get("note", "")
    reading.take(Draft(line, what, place, begins, ends, offers, cancelled, note))


def _hours(line: int, row: Row, reading: Reading) -> tuple[time, time] | None:
    if "hours" in row:
        hours = hours_in(row["hours"])
        if hours is None:
            what = f'"{row["hours"][:40]}" are no hours'
            reading.fault(line, what, "write them as 10:00-14:00")
        return hours
    ends = []
    for name in ("begins", "ends"):
        written = row.get(name, "")
        ends.append(hour_in(written))
        if ends[-1] is None:
            header = COLUMNS[name][0].capitalize()
            reading.fault(line, f'{header}: "{written[:40]}" is no time', "write it as 10:00")
    begins, until = ends
    return (begins, until) if begins is not None and until is not None else None
