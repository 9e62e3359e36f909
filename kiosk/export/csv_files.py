"""Writer of tables as CSV: one for programs, one for a double click in German Excel."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Final

from kiosk.export.escaping import escape_formula
from kiosk.export.tables import german
from kiosk.export.tables.tidy import LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.export.contents import PackageContents
    from kiosk.export.tables.builder import Cell, CsvTable

_BOM: Final = "\ufeff"
EXCEL: Final = "_excel"
# What Excel takes for a number, a date or a truth value: 05513000, 2026-11, 1e5, 3/4, Mai 1, WAHR.
_COMPUTED: Final = re.compile(
    r"[\d.,:/ e%-]*\d[\d.,:/ e%-]*"
    r"|\d*[. -]*(jan|feb|mär|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*[. -]*\d*"
    r"|wahr|falsch|true|false",
    re.IGNORECASE,
)


def make_tidy(contents: PackageContents) -> dict[str, bytes]:
    """`<table>.csv`: UTF-8 without BOM, comma, LF, codes and labels."""
    return {f"{table.name}.csv": tidy_csv(table) for table in contents.tables}


def make_excel(contents: PackageContents) -> dict[str, bytes]:
    """`<table>_excel.csv`: UTF-8 with BOM, semicolon, CRLF, decimal comma, German headers."""
    return {f"{table.name}{EXCEL}.csv": excel_csv(table) for table in contents.tables}


def tidy_csv(table: CsvTable) -> bytes:
    """An unknown value is an empty cell."""
    names = [column.name for column in table.columns]
    rows = ([_escaped(cell) for cell in row] for row in table.rows)
    return _written([names, *rows], delimiter=",", line_end="\n").encode()


def excel_csv(table: CsvTable) -> bytes:
    """Codes that Excel would compute are kept as texts."""
    formats = [_as_text if column.type == "string" else _localized for column in table.columns]
    rows = ([form(cell) for form, cell in zip(formats, row, strict=True)] for row in table.rows)
    text = _written([excel_headers(table), *rows], delimiter=";", line_end="\r\n")
    return (_BOM + text).encode()


def excel_headers(table: CsvTable) -> list[str]:
    """The German names of the columns; of a code and its label the latter has the plain name."""
    names = {column.name for column in table.columns}
    return [_excel_header(column.name, names) for column in table.columns]


def _excel_header(name: str, names: set[str]) -> str:
    plain = name.removesuffix(LABEL)
    header = german.HEADERS.get(plain, plain)
    return f"{header} (Code)" if f"{name}{LABEL}" in names else header


def _written(rows: Iterable[Iterable[Cell]], *, delimiter: str, line_end: str) -> str:
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def _escaped(cell: Cell) -> Cell:
    return escape_formula(cell) if isinstance(cell, str) else cell


def _localized(cell: Cell) -> Cell:
    return str(cell).replace(".", ",") if isinstance(cell, float) else cell


def _as_text(cell: Cell) -> Cell:
    if isinstance(cell, str) and _COMPUTED.fullmatch(cell):
        # The one way in which a text is the same text in Excel and in LibreOffice: a formula, in
        # which nothing but this text can stand.
        return f'="{cell}"'
    return _escaped(cell)
