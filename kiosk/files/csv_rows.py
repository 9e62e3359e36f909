"""CSV reader for tables as Excel saves them: rows by column names, German or English."""

from __future__ import annotations

import csv
import re
from difflib import get_close_matches
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.files.dates import parse_day, parse_weekday_name
from kiosk.files.file_reader import table_text
from kiosk.files.name_index import MOST_LETTERS, normalise_name, suggest
from kiosk.files.sentences import KNOWN, SAVE_AS_UTF8, WRITE_IT_AS, Sentence, quoted, weekday

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from kiosk.files.faults import FaultCollector

CANCELLED = (
    *("entfällt", "abgesagt", "ausfall", "fällt aus", "storniert", "gestrichen", "gelöscht"),
    *("cancelled", "canceled"),
)
TAKES_PLACE = (
    *("", "findet statt", "geplant", "bestätigt", "gebucht", "reserviert", "vereinbart", "ok"),
    *("planned", "confirmed", "booked"),
)

CsvRow = dict[str, str]

LONGEST_CELL = 100_000
"""Letters. The csv module has a limit too, which any other library may have changed."""

MOST_TITLE_ROWS = 20
"""So far down the row is looked for that names the columns."""

MOST_COLUMNS = 200

FEWEST_CELLS = 3
"""A row of so many cells with a date is no title."""

_ALIKE: Final = 0.75
"""So alike is a misspelt column to the one that is meant."""

_EXCELS_OWN_LINE = "sep="
_DIVIDERS: Final = ";,\t"
_HYPHENATED: Final = re.compile(r"-\s*\n\s*")
_CANCELLED = frozenset(normalise_name(word) for word in CANCELLED)
_TAKES_PLACE = frozenset(normalise_name(word) for word in TAKES_PLACE)

_UNREADABLE: Final = Sentence(
    "a quotation mark is not closed, or a cell is far too long",
    "ein Anführungszeichen ist nicht geschlossen, oder eine Zelle ist viel zu lang",
)
_MISSING_COLUMN: Final = Sentence("the column {name} is missing", "die Spalte {name} fehlt")
_MORE_CELLS: Final = Sentence(
    "has {cells} cells, more than the {columns} columns",
    "hat {cells} Zellen, mehr als die {columns} Spalten",
)
_QUOTE_IT: Final = Sentence(
    'put a text that holds the divider into "quotes"',
    'setzen Sie einen Text mit dem Trennzeichen darin in "Anführungszeichen"',
)
_NO_DATE: Final = Sentence("{cell} is no date", "{cell} ist kein Datum")
_WITHOUT_DATE: Final = Sentence("has no date", "das Datum fehlt")
_DATE_FORMS: Final = Sentence("24.11.2026 or 2026-11-24", "24.11.2026 oder 2026-11-24")
_OTHER_WEEKDAY: Final = Sentence("{day} is no {weekday}", "der {day} ist kein {weekday}")
_MEND_DATE: Final = Sentence(
    "it is a {weekday}: mend the date or the weekday",
    "es ist ein {weekday}: berichtigen Sie das Datum oder den Wochentag",
)
_UNKNOWN_STATUS: Final = Sentence("unknown status {word}", "unbekannter Status {word}")
_UNKNOWN_COLUMN: Final = Sentence("unknown column {name}", "unbekannte Spalte {name}")
_OR_DELETE: Final = Sentence("{near}; or delete it", "{near}; oder löschen Sie sie")
_TWO_COLUMNS: Final = Sentence(
    "two columns for the same, one of them {name}",
    "zwei Spalten für dasselbe, eine davon {name}",
)
_DELETE_COLUMN: Final = Sentence("delete one of the two", "löschen Sie eine von beiden")
_ADD_COLUMN: Final = Sentence(
    "add it, or name one so", "ergänzen Sie sie, oder benennen Sie eine so"
)
_LEFT_OUT: Final = Sentence("columns left out: {names}", "nicht gelesene Spalten: {names}")
_TITLES_LEFT_OUT: Final = Sentence(
    "rows above the columns' names left out: {count}",
    "nicht gelesene Zeilen über den Spaltennamen: {count}",
)
_ABOVE_HEADER: Final = Sentence(
    "stands above the row that names the columns (line {line})",
    "steht über der Zeile mit den Spaltennamen (Zeile {line})",
)
_HEADER_FIRST: Final = Sentence(
    "put the row with the names first", "stellen Sie die Zeile mit den Spaltennamen an den Anfang"
)
_CANCELLED_ELSEWHERE: Final = Sentence(
    "the column {name} says {word}, but it is not the status",
    "in der Spalte {name} steht {word}, sie ist aber nicht der Status",
)
_CALL_IT_STATUS: Final = Sentence(
    'write it into a column "Status"', "schreiben Sie es in eine Spalte „Status“"
)


class _Header(NamedTuple):
    """The row that names the columns: what each column holds, and the titles above it."""

    line: int
    cells: list[str]
    columns: list[str]
    above: list[tuple[int, list[str]]]
    delimiter: str

    @property
    def known(self) -> int:
        return len({column for column in self.columns if column not in {"", "ignored"}})


def read_rows(
    raw: bytes,
    columns: Mapping[str, tuple[str, ...]],
    needed: Callable[[Collection[str]], Collection[str]],
    faults: FaultCollector,
) -> Iterator[tuple[int, CsvRow]]:
    """Every row that holds something, with the line it begins in.

    The first row with two of the `columns` names them, rows above it are titles; of those that are
    there, `needed` says which must be.
    """
    text = table_text(raw, faults)
    if faults.found:
        return
    header = _header(text, columns)
    _check_header(header, columns, needed, faults)
    if faults.found:
        return
    _tell_left_out(header, faults)
    for line, cells in _rows(text, header.delimiter, faults):
        if line <= header.line or cells == header.cells:  # on paper each page has them
            continue
        if len(cells) > len(header.columns) and any(cells[len(header.columns) :]):
            what = _MORE_CELLS.of(cells=len(cells), columns=len(header.columns))
            faults.add_fault(line, what, _QUOTE_IT)
            continue
        named = zip(header.columns, cells, strict=False)
        row = {name: cell.strip() for name, cell in named if name != "ignored"}
        row.pop("", None)
        _check_cancelled(line, cells, row, header, faults)
        yield line, row


def row_day(line: int, row: CsvRow, faults: FaultCollector) -> date | None:
    """The date of a row; a weekday beside it must be the right one."""
    written = row.get("date", "")
    day = parse_day(written)
    if day is None:
        what = _NO_DATE.of(cell=quoted(written, 40)) if written else _WITHOUT_DATE
        faults.add_fault(line, what, WRITE_IT_AS.of(how=_DATE_FORMS))
        return None
    named = parse_weekday_name(row.get("weekday", ""))
    if named is not None and named != day.weekday():
        what = _OTHER_WEEKDAY.of(day=day, weekday=row["weekday"])
        faults.add_fault(line, what, _MEND_DATE.of(weekday=weekday(day)))
        return None
    return day


def row_is_cancelled(line: int, row: CsvRow, faults: FaultCollector) -> bool | None:
    """Whether the status of a row is cancelled; None where it is unknown."""
    status = normalise_name(row.get("status", ""))
    if status in _CANCELLED:
        return True
    if status in _TAKES_PLACE:
        return False
    known = KNOWN.of(names=", ".join((*CANCELLED, *filter(None, TAKES_PLACE))))
    faults.add_fault(line, _UNKNOWN_STATUS.of(word=quoted(row["status"], 40)), known)
    return None


def _rows(
    text: str, delimiter: str, faults: FaultCollector | None = None
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun, broken = 1, False
    try:
        for cells in reader:
            if max(map(len, cells), default=0) > LONGEST_CELL:
                broken = True
                break
            if any(cell.strip() for cell in cells) and cells[0] != _EXCELS_OWN_LINE:
                yield begun, cells
            begun = reader.line_num + 1
    except csv.Error:
        broken = True
    if broken and faults:
        faults.add_fault(begun, _UNREADABLE, SAVE_AS_UTF8)


def _header(text: str, known: Mapping[str, tuple[str, ...]]) -> _Header:
    """The row and the divider with which most columns are known; else the first row."""
    first_line = text.lstrip().partition("\n")[0]
    by_header = {each: column for column, names in known.items() for each in names}
    found = []
    for delimiter in sorted(_DIVIDERS, key=first_line.count, reverse=True):
        above: list[tuple[int, list[str]]] = []
        for line, cells in islice(_rows(text, delimiter), MOST_TITLE_ROWS):
            columns = [_column(name, by_header) for name in cells[:MOST_COLUMNS]]
            columns += ["ignored"] * len(cells[MOST_COLUMNS:])
            found.append(_Header(line, cells, columns, list(above), delimiter))
            above.append((line, cells))
    nothing = _Header(0, [], [], [], max(_DIVIDERS, key=first_line.count))
    best = max(found, key=lambda header: header.known, default=nothing)
    return best if best.known > 1 else next(iter(found), nothing)


def _column(name: str, by_header: Mapping[str, str]) -> str:
    """What a column holds; empty where that is unknown. Its name may be broken over lines."""
    if not name.strip() or len(name) > MOST_LETTERS:
        return "ignored"
    written = normalise_name(name), normalise_name(_HYPHENATED.sub("", name))
    return next((by_header[each] for each in written if each in by_header), "")


def _check_header(
    header: _Header,
    known: Mapping[str, tuple[str, ...]],
    needed: Callable[[Collection[str]], Collection[str]],
    faults: FaultCollector,
) -> None:
    for place, (name, column) in enumerate(zip(header.cells, header.columns, strict=True)):
        if column not in {"", "ignored"} and column in header.columns[:place]:
            faults.add_fault(header.line, _TWO_COLUMNS.of(name=quoted(name)), _DELETE_COLUMN)
        elif not column and _is_misspelt(name, header.columns, known):
            near = suggest(name, [each for names in known.values() for each in names])
            what = _UNKNOWN_COLUMN.of(name=quoted(name))
            faults.add_fault(header.line, what, _OR_DELETE.of(near=near))
    for wanted in needed(header.columns) if header.cells else ():
        if wanted not in header.columns:
            what = _MISSING_COLUMN.of(name=quoted(known[wanted][0].capitalize()))
            faults.add_fault(header.line, what, _ADD_COLUMN)
    for line, cells in header.above:
        if len(list(filter(str.strip, cells))) >= FEWEST_CELLS and any(map(parse_day, cells)):
            faults.add_fault(line, _ABOVE_HEADER.of(line=header.line), _HEADER_FIRST)


def _tell_left_out(header: _Header, faults: FaultCollector) -> None:
    if header.above:
        faults.remark(_TITLES_LEFT_OUT.of(count=len(header.above)))
    names = [
        " ".join(name.split())[:60]
        for name, column in zip(header.cells, header.columns, strict=True)
        if not column
    ]
    if names:
        faults.remark(_LEFT_OUT.of(names=", ".join(names)))


def _is_misspelt(name: str, columns: Collection[str], known: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a name is nearly that of a column that is read and not there."""
    absent = [
        each
        for column, names in known.items()
        if column not in columns and column != "ignored"
        for each in names
    ]
    return bool(get_close_matches(normalise_name(name), absent, n=1, cutoff=_ALIKE))


def _check_cancelled(
    line: int, cells: list[str], row: CsvRow, header: _Header, faults: FaultCollector
) -> None:
    """A row that is called off in another column than the status would be taken as planned."""
    if normalise_name(row.get("status", "")) in _CANCELLED:
        return
    for name, cell in zip(header.cells, cells, strict=False):
        if len(cell) < MOST_LETTERS and normalise_name(cell) in _CANCELLED:
            what = _CANCELLED_ELSEWHERE.of(name=quoted(name), word=quoted(cell))
            faults.add_fault(line, what, _CALL_IT_STATUS)
