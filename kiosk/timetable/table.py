"""A year plan as a table: CSV as Excel saves it, columns with German or English names."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from io import StringIO
from typing import TYPE_CHECKING, Final

from kiosk.domain.timetable import BERLIN
from kiosk.profiles.problems import closest
from kiosk.timetable.clock_words import day_in, hour_in, hours_in, weekday_in
from kiosk.timetable.drafts import Draft
from kiosk.timetable.names import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiosk.timetable.drafts import Reading

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

CANCELLED = ("entfällt", "abgesagt", "ausfall", "fällt aus", "storniert", "cancelled", "canceled")
TAKES_PLACE = ("", "findet statt", "geplant", "bestätigt", "ok", "planned", "confirmed")

_EXCELS_OWN_LINE = "sep="
_COLUMN_BY_HEADER = {name: column for column, names in COLUMNS.items() for name in names}
_CANCELLED = frozenset(plain(word) for word in CANCELLED)
_TAKES_PLACE = frozenset(plain(word) for word in TAKES_PLACE)

Row = dict[str, str]


def read_table(text: str, reading: Reading) -> None:
    """Take every row of a table; the first row that is not empty names the columns."""
    rows = _rows(text, reading)
    header = next(rows, None)
    columns = _columns(*header, reading) if header else []
    if reading.problems or not header:
        reading.finish("visits")
        return
    for line, cells in rows:
        if reading.full:
            break
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            what = f"has {len(cells)} cells, more than the {len(columns)} columns"
            reading.fault(line, what, 'put a text that holds the divider into "quotes"')
            continue
        row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
        _take(line, row, reading)
    reading.finish("visits")


def _rows(text: str, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with the line each begins in."""
    delimiter = max(";,\t", key=text.lstrip().partition("\n")[0].count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and cells[0] != _EXCELS_OWN_LINE:
                yield begun, cells
            begun = reader.line_num + 1
    except csv.Error:
        reading.fault(begun, "a quotation mark is not closed, or a cell is far too long")


def _columns(line: int, header: list[str], reading: Reading) -> list[str]:
    """What each column holds; faults for those that nobody knows, that are missing or twice."""
    columns = []
    for name in header:
        column = _COLUMN_BY_HEADER.get(plain(name), "" if name.strip() else "ignored")
        if not column:
            near = closest(plain(name), _COLUMN_BY_HEADER)
            reading.fault(line, f'unknown column "{name.strip()[:60]}"', f"{near}; or delete it")
        elif column in columns and column != "ignored":
            reading.fault(line, f'two columns for the same, one of them "{name.strip()}"')
        columns.append(column)
    hours = ("hours",) if "hours" in columns else ("begins", "ends")
    for wanted in ("date", "stop", *hours):
        if wanted not in columns:
            reading.fault(line, f'the column "{COLUMNS[wanted][0].capitalize()}" is missing')
    return columns


def _take(line: int, row: Row, reading: Reading) -> None:
    day = _day(line, row, reading)
    hours = _hours(line, row, reading)
    cancelled = _cancelled(line, row, reading)
    if day is None or hours is None or cancelled is None:
        return
    begins, ends = hours
    reading.take(
        Draft(
            line,
            f"visit on {day.isoformat()}",
            row.get("stop", ""),
            datetime.combine(day, begins, BERLIN),
            datetime.combine(day, ends, BERLIN),
            tuple(filter(None, (row.get("partners"), row.get("topics")))),
            cancelled,
            row.get("note", ""),
        )
    )


def _day(line: int, row: Row, reading: Reading) -> date | None:
    written = row.get("date", "")
    day = day_in(written)
    if day is None:
        what = f'"{written[:40]}" is no date' if written else "has no date"
        reading.fault(line, what, "write it as 24.11.2026 or 2026-11-24")
        return None
    weekday = weekday_in(row.get("weekday", ""))
    if weekday is not None and weekday != day.weekday():
        what = f"{day.isoformat()} is no {row['weekday']}"
        reading.fault(line, what, f"it is a {day:%A}: mend the date or the weekday")
        return None
    return day


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


def _cancelled(line: int, row: Row, reading: Reading) -> bool | None:
    status = plain(row.get("status", ""))
    if status in _CANCELLED:
        return True
    if status in _TAKES_PLACE:
        return False
    known = f"known: {', '.join((*CANCELLED, *filter(None, TAKES_PLACE)))}"
    reading.fault(line, f'unknown status "{row["status"][:40]}"', known)
    return None
