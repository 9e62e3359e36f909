"""CSV reader of year plans; columns have German or English names."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from kiosk.domain.local_time import BERLIN
from kiosk.files.csv_rows import read_rows, row_day, row_is_cancelled
from kiosk.files.dates import parse_hour, parse_hours
from kiosk.files.sentences import WRITE_IT_AS, Sentence, quoted
from kiosk.files.timetable.validation import VisitDraft

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.files.csv_rows import CsvRow
    from kiosk.files.timetable.validation import YearPlanReader

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


_VISITS: Final = Sentence("visits", "Einsätze")
_VISIT: Final = Sentence("visit", "Einsatz")
_VISIT_ON: Final = Sentence("visit on {day}", "Einsatz am {day}")
_NO_HOURS: Final = Sentence("{cell} are no hours", "{cell} sind keine Uhrzeiten")
_AS_HOURS: Final = Sentence("write them as 10:00-14:00", "so geschrieben: 10:00-14:00")
_NO_TIME: Final = Sentence("{header}: {cell} is no time", "{header}: {cell} ist keine Uhrzeit")


def read_table(raw: bytes, reading: YearPlanReader) -> None:
    """Take every row of a table."""
    for line, row in read_rows(raw, COLUMNS, _needed, reading):
        if reading.full:
            break
        _take(line, row, reading)
    reading.finish(_VISITS)


def _needed(found: Collection[str]) -> tuple[str, ...]:
    return ("date", "stop", *(("hours",) if "hours" in found else ("begins", "ends")))


def _take(line: int, row: CsvRow, reading: YearPlanReader) -> None:
    day = row_day(line, row, reading)
    hours = _hours(line, row, reading)
    cancelled = row_is_cancelled(line, row, reading)
    place = row.get("stop", "")
    offers = tuple(filter(None, (row.get("partners"), row.get("topics"))))
    if day is None or hours is None or cancelled is None:
        reading.resolve_names(line, _VISIT, place, offers)  # all faults of a row at once
        return
    begins, ends = (datetime.combine(day, each, BERLIN) for each in hours)
    what, note = _VISIT_ON.of(day=day), row.get("note", "")
    reading.take(VisitDraft(line, what, place, begins, ends, offers, cancelled, note))


def _hours(line: int, row: CsvRow, reading: YearPlanReader) -> tuple[time, time] | None:
    if "hours" in row:
        hours = parse_hours(row["hours"])
        if hours is None:
            what = _NO_HOURS.of(cell=quoted(row["hours"], 40))
            reading.add_fault(line, what, _AS_HOURS)
        return hours
    ends = []
    for name in ("begins", "ends"):
        written = row.get(name, "")
        ends.append(parse_hour(written))
        if ends[-1] is None:
            header = COLUMNS[name][0].capitalize()
            what = _NO_TIME.of(header=header, cell=quoted(written, 40))
            reading.add_fault(line, what, WRITE_IT_AS.of(how="10:00"))
    begins, until = ends
    return (begins, until) if begins is not None and until is not None else None
