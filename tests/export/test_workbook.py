"""The workbook of a package, read back cell by cell."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from kiosk.counts.ledger_entry import StopNames, TopicNames
from kiosk.export.workbook.workbook import make_workbook
from tests.export.closed import a_period
from tests.town import HOME, MARKET, RENT

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from kiosk.counts.ledger_entry import ClosedPeriod

SHEETS = [
    *("Lies mich", "Kundenstatistik", "Erschienen", "Dienstleistungsstatistik", "Wartestatistik"),
    *("Rückmeldungen", "Umfrage", "Daten"),
]


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
        assert "Vielfache von 5 gerundet" in str(sheets[name]["A2"].value)
        assert (sheets[name].freeze_panes, bool(sheets[name].auto_filter.ref)) == ("B5", True)


def test_days_are_dates_and_people_are_numbers(sheets: dict[str, Worksheet]) -> None:
    told = rows(sheets["Kundenstatistik"])
    assert (datetime(2026, 10, 7), "market", "Markt", "ja", "ja", 35) in told  # noqa: DTZ001
    assert (datetime(2026, 10, 9), "estate", "Siedlung", "ja", "nein", 0) in told  # noqa: DTZ001


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
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert {"00712", '=HYPERLINK("http://x")'} <= {cell.value for cell in cells}


def test_the_same_period_gives_the_same_bytes() -> None:
    assert make_workbook(a_period("2026-Q4")) == make_workbook(a_period("2026-Q4"))


def test_a_period_without_any_visitor_has_its_sheets() -> None:
    empty = structs.replace(a_period("2026-Q4"), tables={}, days=[])
    assert list(opened(empty)) == SHEETS
