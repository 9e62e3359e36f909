"""A sheet of the workbook: title, note on rounding, table with filter and frozen header."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kiosk.export.tables.builder import Cell

HEADER_ROW: Final = 3
"""Title, note and an empty row stand above."""

_NARROWEST, _WIDEST = 8, 48
_TITLE: Final = {"bold": True, "font_size": 14}
_HEADER: Final = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}
_TEXT: Final = {"num_format": "@"}
_NUMBER: Final = {"num_format": "#,##0"}
_DATE: Final = {"num_format": "dd.mm.yyyy", "align": "left"}
_A4: Final = 9


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart of one column of numbers by one of labels, of the first rows."""

    title: str
    labels: int
    numbers: int
    rows: int


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """A table as people read it. A text stays one, also if it looks like a number or a formula."""

    name: str
    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell | date]]
    chart: BarChart | None = None


def write_table(workbook: Workbook, sheet: WorkbookTable, note: str) -> None:
    page = workbook.add_worksheet(sheet.name)
    page.write_string(0, 0, sheet.title, workbook.add_format(_TITLE))
    page.write_string(1, 0, note)
    header = workbook.add_format(_HEADER)
    for column, text in enumerate(sheet.headers):
        page.write_string(HEADER_ROW, column, text, header)
    _write_rows(workbook, page, sheet)
    page.freeze_panes(HEADER_ROW + 1, 1)
    page.autofilter(HEADER_ROW, 0, HEADER_ROW + max(1, len(sheet.rows)), len(sheet.headers) - 1)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_ROW)
    if sheet.chart and sheet.rows:
        _add_chart(workbook, page, sheet, sheet.chart)


def _write_rows(workbook: Workbook, page: Worksheet, sheet: WorkbookTable) -> None:
    text, number, day = (workbook.add_format(form) for form in (_TEXT, _NUMBER, _DATE))
    for place, row in enumerate(sheet.rows, HEADER_ROW + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(place, column, cell, text)
            elif isinstance(cell, date):
                page.write_datetime(place, column, cell, day)
            elif cell is not None:
                page.write_number(place, column, cell, number)
    for column, header in enumerate(sheet.headers):
        lengths = [len(str(row[column] or "")) for row in sheet.rows]
        width = max([_NARROWEST, *lengths, min(len(header), _NARROWEST * 2)])
        page.set_column(column, column, min(width, _WIDEST) + 1)


def _add_chart(workbook: Workbook, page: Worksheet, sheet: WorkbookTable, wanted: BarChart) -> None:
    first, last = HEADER_ROW + 1, HEADER_ROW + min(wanted.rows, len(sheet.rows))
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": sheet.headers[wanted.numbers],
            "categories": [sheet.name, first, wanted.labels, last, wanted.labels],
            "values": [sheet.name, first, wanted.numbers, last, wanted.numbers],
            "fill": {"color": "#7D97DD"},
        }
    )
    chart.set_title({"name": wanted.title})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    below = HEADER_ROW + len(sheet.rows) + 2
    page.insert_chart(below, 0, chart, {"description": wanted.title})
