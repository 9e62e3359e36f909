import csv
import re
import unicodedata
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.export.csv_files import excel_csv, tidy_csv
from kiosk.export.escaping import escape_formula, slugify
from kiosk.export.tables.builder import Column, CsvTable


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stadt Gelsenkirchen", "stadt-gelsenkirchen"),
        ("Köln/Weiß: Süd", "koeln-weiss-sued"),
        ("../../etc/passwd", "etc-passwd"),
        ("Țarâ", "tara"),
        ("الجوبسنتر", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_a_name_becomes_part_of_a_file_name(text: str, name: str) -> None:
    assert slugify(text) == name


@given(st.text())
def test_every_text_gives_a_safe_file_name(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slugify(text))
    assert len(slugify(text)) <= 40


# Formulas as they are really used in attacks, and what may stand before them.
SIGNS = st.sampled_from("=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b")
BEFORE = st.text(
    st.sampled_from(" \t\r\n\v\f\0\"',;|:\u00a0\u2003\ufeff\u200b\u2028\u200fa1"), max_size=4
)
ATTACKS = st.builds(
    lambda *parts: "".join(parts), BEFORE, SIGNS, st.text(), BEFORE, SIGNS, st.text()
)
CELLS = st.one_of(st.text(), ATTACKS)

# An alphabet of its own, so that the test does not believe the code that it tests.
PASSED_OVER = re.compile(r'[\s\x00-\x1f\x7f-\x9f\ufeff\u200b-\u200f\u2028-\u202f"]*')


def would_run(cell: str) -> bool:
    """Whether a lenient spreadsheet, blanks and quotes put aside, sees a formula begin."""
    rest = cell[len(PASSED_OVER.match(cell).group()) :]  # type: ignore[union-attr] # always matches
    return unicodedata.normalize("NFKC", rest[:1])[:1] in {"=", "+", "-", "@"}


@given(CELLS)
@example("x;=1+1")
@example('x;"=1+1"')
@example("\ufeff=1+1")
@example("a\t@SUM(A1)")
@example("a\r\n-2+3")
@example("\u200b\uff1d1+1")
def test_no_cell_is_computed_by_a_spreadsheet_whatever_it_takes_for_a_separator(text: str) -> None:
    escaped = escape_formula(text)
    for separator in (None, ",", ";", "\t", "|", "\n", "\r"):
        for cell in escaped.split(separator) if separator else [escaped]:
            assert not would_run(cell), (escaped, separator)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", escaped)


@given(CELLS)
def test_nothing_of_a_text_is_lost_and_escaping_twice_is_escaping_once(text: str) -> None:
    escaped = escape_formula(text)
    assert escape_formula(escaped) == escaped
    in_one_line = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)
    assert escaped.replace("'", "") == in_one_line.replace("'", "")


@pytest.mark.parametrize(
    "text", ["Bürgeramt 1=2", "Eltern-Kind, Café", "50 % - 60 %", "a@b.de", "3 - 4", "Ein-/Auszug"]
)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert escape_formula(text) == text


def a_table(*cells: str) -> CsvTable:
    columns = (Column("stop", "string", "Standort"), Column("count", "integer", "Anzahl"))
    return CsvTable("t", "Titel", columns, [(cell, 5) for cell in cells])


ONLY_TEXT = re.compile(r'="[^"=+@();!\[\]]*"')


@given(st.lists(CELLS, max_size=4))
def test_nothing_runs_in_either_file_and_each_row_has_its_cells(texts: list[str]) -> None:
    tidy = list(csv.reader(StringIO(tidy_csv(a_table(*texts)).decode("utf-8"), newline="")))
    excel = tidy_excel(a_table(*texts))
    for written in (tidy, excel):
        assert len(written) == len(texts) + 1
        assert {len(row) for row in written} == {2}
        assert {row[1] for row in written[1:]} <= {"5"}
        for row in written:
            assert not would_run(row[0]) or ONLY_TEXT.fullmatch(row[0])


def tidy_excel(table: CsvTable) -> list[list[str]]:
    text = excel_csv(table).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    "code",
    ["05513000", "2026-11", "2026-11.2", "10-12", "3/4", "1e5", "Mai 1", "12:30", "WAHR", "007"],
)
def test_a_code_that_excel_would_compute_is_kept_as_text(code: str) -> None:
    assert tidy_excel(a_table(code))[1][0] == f'="{code}"'


@pytest.mark.parametrize("text", ["2026-Q4", "markt", "Unter 27", "Maiwald 3a", "rh-1"])
def test_a_text_that_excel_leaves_alone_is_left_alone(text: str) -> None:
    assert tidy_excel(a_table(text))[1][0] == text


def test_numbers_have_a_comma_and_days_stay_days() -> None:
    columns = (Column("share", "number", "Anteil"), Column("date", "date", "Tag"))
    table = CsvTable("t", "Titel", columns, [(12.5, "2026-10-07"), (None, None)])
    assert tidy_excel(table)[1:] == [["12,5", "2026-10-07"], ["", ""]]
    assert tidy_csv(table).decode().splitlines()[1:] == ["12.5,2026-10-07", ","]
