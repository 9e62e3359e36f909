"""A sheet of the workbook: title, note on rounding, table with filter and frozen header."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kiosk.export.tables.builder import Cell

HEADER_ROW: Final = 3
"""Title, note and sums stand above."""

LINE_POINTS: Final = 15
"""Height of a line: whoever opens the file need not know how to make a row higher."""

_SUM_ROW: Final = 2
_SUM_OF_SHOWN: Final = 109
"""What SUBTOTAL calls a sum that leaves out rows which are filtered away."""

_NARROWEST, _WIDEST = 8, 48
_ARROW: Final = 3
"""Letters that the arrow of the filter takes of a header."""

_CHART_WIDTH, _BAR_HEIGHT, _CHART_FRAME = 720, 26, 110
_EMPTY: Final = "In diesem Zeitraum ist dazu nichts veröffentlicht."
_TITLE: Final = {"bold": True, "font_size": 14}
_HEADER: Final = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}
_TEXT: Final = {"num_format": "@"}
_NUMBER: Final = {"num_format": "#,##0"}
_DATE: Final = {"num_format": "dd.mm.yyyy", "align": "left"}
A4: Final = 9


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart of one column of numbers by one of labels, of the first rows."""

    title: str
    labels: int
    numbers: int
    rows: int


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """A table as people read it. A text stays one, also if it looks like a number or a formula.

    Of `summed` columns the sum of the rows that the filter shows stands above.
    """

    name: str
    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell | date]]
    chart: BarChart | None = None
    summed: Sequence[int] = ()


def write_table(workbook: Workbook, sheet: WorkbookTable, note: str) -> None:
    page = workbook.add_worksheet(sheet.name)
    page.write_string(0, 0, sheet.title, workbook.add_format(_TITLE))
    page.write_string(1, 0, note)
    _write_headers(workbook, page, sheet)
    _write_rows(workbook, page, sheet)
    _write_sums(workbook, page, sheet)
    page.freeze_panes(HEADER_ROW + 1, 1)
    page.autofilter(HEADER_ROW, 0, HEADER_ROW + max(1, len(sheet.rows)), len(sheet.headers) - 1)
    page.set_landscape()
    page.set_paper(A4)
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
    if not sheet.rows:
        page.write_string(HEADER_ROW + 1, 0, _EMPTY)


def _write_headers(workbook: Workbook, page: Worksheet, sheet: WorkbookTable) -> None:
    form, lines = workbook.add_format(_HEADER), 1
    for column, header in enumerate(sheet.headers):
        lengths = [len(str(row[column] or "")) for row in sheet.rows]
        width = min(max([_NARROWEST, *lengths, min(len(header), _NARROWEST * 2)]), _WIDEST)
        lines = max(lines, len(textwrap.wrap(header, width)))
        page.set_column(column, column, width + _ARROW)
        page.write_string(HEADER_ROW, column, header, form)
    page.set_row(HEADER_ROW, LINE_POINTS * lines)


def _write_sums(workbook: Workbook, page: Worksheet, sheet: WorkbookTable) -> None:
    if not sheet.summed or not sheet.rows:
        return
    page.write_string(_SUM_ROW, 0, "Summe der gezeigten Zeilen", workbook.add_format(_TEXT))
    form = workbook.add_format({**_NUMBER, "bold": True})
    first, last = HEADER_ROW + 1, HEADER_ROW + len(sheet.rows)
    for column in sheet.summed:
        cells = xl_range(first, column, last, column)
        values = (row[column] for row in sheet.rows)
        total = sum(value for value in values if isinstance(value, int))
        page.write_formula(_SUM_ROW, column, f"=SUBTOTAL({_SUM_OF_SHOWN},{cells})", form, total)


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
    height = _CHART_FRAME + _BAR_HEIGHT * (last - first + 1)
    chart.set_size({"width": _CHART_WIDTH, "height": height})
    below = HEADER_ROW + len(sheet.rows) + 2
    page.insert_chart(below, 0, chart, {"description": wanted.title})
