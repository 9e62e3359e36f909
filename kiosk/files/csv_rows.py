"""CSV reader for tables as Excel saves them: rows by column names, German or English."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from kiosk.files.dates import parse_day, parse_weekday_name
from kiosk.files.name_index import normalise_name
from kiosk.settings.schema.faults import suggest_closest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from kiosk.files.faults import FaultCollector

CANCELLED = ("entfällt", "abgesagt", "ausfall", "fällt aus", "storniert", "cancelled", "canceled")
TAKES_PLACE = ("", "findet statt", "geplant", "bestätigt", "ok", "planned", "confirmed")

CsvRow = dict[str, str]

LONGEST_CELL = 100_000
"""Letters. The csv module has a limit too, which any other library may have changed."""

_UNREADABLE = "a quotation mark is not closed, or a cell is far too long"
_EXCELS_OWN_LINE = "sep="
_CANCELLED = frozenset(normalise_name(word) for word in CANCELLED)
_TAKES_PLACE = frozenset(normalise_name(word) for word in TAKES_PLACE)


def read_rows(
    text: str,
    columns: Mapping[str, tuple[str, ...]],
    needed: Callable[[Collection[str]], Collection[str]],
    faults: FaultCollector,
) -> Iterator[tuple[int, CsvRow]]:
    """Every row that holds something, with the line it begins in.

    The first row names the `columns`; of those that are there, `needed` says which must be.
    """
    rows = _rows(text, faults)
    line, header = next(rows, (0, []))
    found = _columns(line, header, columns, faults) if header else []
    for wanted in needed(found) if header else ():
        if wanted not in found:
            faults.add_fault(line, f'the column "{columns[wanted][0].capitalize()}" is missing')
    if faults.found:
        return
    for line, cells in rows:
        if len(cells) > len(found) and any(cells[len(found) :]):
            what = f"has {len(cells)} cells, more than the {len(found)} columns"
            faults.add_fault(line, what, 'put a text that holds the divider into "quotes"')
            continue
        yield line, {name: cell.strip() for name, cell in zip(found, cells, strict=False)}


def row_day(line: int, row: CsvRow, faults: FaultCollector) -> date | None:
    """The date of a row; a weekday beside it must be the right one."""
    written = row.get("date", "")
    day = parse_day(written)
    if day is None:
        what = f'"{written[:40]}" is no date' if written else "has no date"
        faults.add_fault(line, what, "write it as 24.11.2026 or 2026-11-24")
        return None
    weekday = parse_weekday_name(row.get("weekday", ""))
    if weekday is not None and weekday != day.weekday():
        what = f"{day.isoformat()} is no {row['weekday']}"
        faults.add_fault(line, what, f"it is a {day:%A}: mend the date or the weekday")
        return None
    return day


def row_is_cancelled(line: int, row: CsvRow, faults: FaultCollector) -> bool | None:
    """Whether the status of a row is cancelled; None where it is unknown."""
    status = normalise_name(row.get("status", ""))
    if status in _CANCELLED:
        return True
    if status in _TAKES_PLACE:
        return False
    known = f"known: {', '.join((*CANCELLED, *filter(None, TAKES_PLACE)))}"
    faults.add_fault(line, f'unknown status "{row["status"][:40]}"', known)
    return None


def _rows(text: str, faults: FaultCollector) -> Iterator[tuple[int, list[str]]]:
    delimiter = max(";,\t", key=text.lstrip().partition("\n")[0].count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for cells in reader:
            if max(map(len, cells), default=0) > LONGEST_CELL:
                faults.add_fault(begun, _UNREADABLE)
                return
            if any(cell.strip() for cell in cells) and cells[0] != _EXCELS_OWN_LINE:
                yield begun, cells
            begun = reader.line_num + 1
    except csv.Error:
        faults.add_fault(begun, _UNREADABLE)


def _columns(
    line: int, header: list[str], known: Mapping[str, tuple[str, ...]], faults: FaultCollector
) -> list[str]:
    """What each column holds; faults for unknown columns and for duplicates."""
    by_header = {name: column for column, names in known.items() for name in names}
    columns: list[str] = []
    for name in header:
        column = by_header.get(normalise_name(name), "" if name.strip() else "ignored")
        if not column:
            near = suggest_closest(normalise_name(name), by_header)
            faults.add_fault(line, f'unknown column "{name.strip()[:60]}"', f"{near}; or delete it")
        elif column in columns and column != "ignored":
            faults.add_fault(line, f'two columns for the same, one of them "{name.strip()}"')
        columns.append(column)
    return columns
