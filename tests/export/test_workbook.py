"""The workbook of a package, read back cell by cell."""

from __future__ import annotations

import textwrap
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from kiosk.counts.ledger_entry import StopNames, TopicNames
from kiosk.export.workbook.workbook import make_workbook
from kiosk.export.workbook.workbook_table import LINE_POINTS
from tests.export.closed import a_period
from tests.town import HOME, MARKET, RENT

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from kiosk.counts.ledger_entry import ClosedPeriod

SHEETS = [
    *("Lies mich", "Kundenstatistik", "Standortstatistik", "Erschienen"),
    *("Dienstleistungsstatistik", "Wartestatistik", "Rückmeldungen", "Umfrage", "Daten"),
]


LEAST_WIDTH = 16
"""Letters that a column has room for whose header is longer."""


def opened(period: ClosedPeriod) -> dict[str, Worksheet]:
    from openpyxl import load_workbook  # noqa: PLC0415 - each process that collects tests would load it

    book = load_workbook(BytesIO(make_workbook(period)))
    return {sheet.title: sheet for sheet in book.worksheets}


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    """What stands below the header."""
    return list(sheet.iter_rows(min_row=5, values_only=True))


@pytest.fixture
def sheets() -> dict[str, Worksheet]:
    return opened(a_period("2026-Q4"))


def test_the_sheets_have_the_names_that_users_of_zms_know(sheets: dict[str, Worksheet]) -> None:
    assert list(sheets) == SHEETS


def test_each_table_says_that_it_is_rounded_and_can_be_filtered(
    sheets: dict[str, Worksheet],
) -> None:
    for name in SHEETS[1:]:
        note = str(sheets[name]["A2"].value)
        assert note.startswith("4. Quartal 2026, 01.10.2026 bis 31.12.2026. Alle Anzahlen sind auf")
        assert "Vielfache von 5 gerundet" in note
        assert (sheets[name].freeze_panes, bool(sheets[name].auto_filter.ref)) == ("B5", True)


def test_days_are_dates_and_people_are_numbers(sheets: dict[str, Worksheet]) -> None:
    told = rows(sheets["Kundenstatistik"])
    assert (datetime(2026, 10, 7), "market", "Markt", "ja", "ja", 35) in told  # noqa: DTZ001
    assert (datetime(2026, 10, 9), "estate", "Siedlung", "ja", "nein", 0) in told  # noqa: DTZ001


def test_a_stop_has_its_people_and_what_they_came_for_in_one_row(
    sheets: dict[str, Worksheet],
) -> None:
    sheet = sheets["Standortstatistik"]
    headers = ("Standort", "Standort (Code)", "Stadtteil", "Einsätze", "Menschen")
    assert tuple(cell.value for cell in sheet[4]) == (*headers, "Arbeit", "Wohnen")
    assert rows(sheet)[0][:7] == ("Markt", "market", "Mitte", 1, 35, 20, 15)


def test_what_the_filter_shows_is_summed_above_the_table(sheets: dict[str, Worksheet]) -> None:
    assert sheets["Kundenstatistik"]["F3"].value == "=SUBTOTAL(109,F5:F7)"
    assert [cell.value for cell in sheets["Standortstatistik"][3]][4] == "=SUBTOTAL(109,E5)"


def test_each_sheet_can_be_reached_from_the_first_one(sheets: dict[str, Worksheet]) -> None:
    links = {
        cell.value: cell.hyperlink.location
        for row in sheets["Lies mich"].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert links == {name: f"'{name}'!A1" for name in SHEETS[1:]}


def test_no_header_is_cut_off(sheets: dict[str, Worksheet]) -> None:
    for name in SHEETS[1:]:
        height = sheets[name].row_dimensions[4].height or LINE_POINTS
        for cell in sheets[name][4]:
            lines = textwrap.wrap(str(cell.value), LEAST_WIDTH)
            assert len(lines) * LINE_POINTS <= height, f"{name}: {cell.value}"


def test_who_came_and_who_did_not(sheets: dict[str, Worksheet]) -> None:
    told = {row[0]: row[1] for row in rows(sheets["Erschienen"])}
    assert told["Erschienen"] == 30
    assert told["Nicht erschienen: nach allen Aufrufen kam niemand"] == 5


def test_a_topic_stands_in_one_row_with_its_people(sheets: dict[str, Worksheet]) -> None:
    told = {row[0]: row[1:5] for row in rows(sheets["Dienstleistungsstatistik"])}
    assert told["jobs"] == ("Arbeit", "Stelle finden", None, 20)
    assert told[RENT][:3] == ("Wohnen", "Miete", "Stadt")


def test_every_published_cell_stands_among_the_data(sheets: dict[str, Worksheet]) -> None:
    cells = sum(len(table) for table in a_period("2026-Q4").tables.values())
    assert len(rows(sheets["Daten"])) == cells


def test_what_looks_like_a_formula_or_a_number_stays_a_text() -> None:
    period = a_period("2026-Q4")
    names = structs.replace(
        period.names,
        stops={MARKET: StopNames('=HYPERLINK("http://x")', "", "05513000")},
        topics={RENT: TopicNames("00712", "", HOME)},
    )
    sheets = opened(structs.replace(period, names=names))
    cells = [cell for sheet in sheets.values() for row in sheet.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert all(formula.startswith("=SUBTOTAL(109,") for formula in formulas), "our own alone"
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "f"}
    assert {"00712", '=HYPERLINK("http://x")'} <= {cell.value for cell in cells}


def test_the_same_period_gives_the_same_bytes() -> None:
    assert make_workbook(a_period("2026-Q4")) == make_workbook(a_period("2026-Q4"))


def test_a_period_without_any_visitor_has_its_sheets() -> None:
    empty = structs.replace(a_period("2026-Q4"), tables={}, days=[])
    assert list(opened(empty)) == SHEETS
