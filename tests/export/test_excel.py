"""The tables for Excel and the workbook, opened by LibreOffice in German, as by a double click.

LibreOffice is in the nightly set-up only (`script/setup test nightly`).
"""

import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kiosk.export.csv_files import excel_csv
from kiosk.export.tables.builder import Column, CsvTable
from kiosk.export.workbook.workbook import make_workbook
from tests.export.closed import a_period
from tests.waiting import PATIENCE_S

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is set up for the night"),
]

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# Semicolons, quotes, UTF-8, from line 1, German, quotes are no hint, dates found as by Excel.
AS_EXCEL = "Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true"
GERMAN = """<?xml version="1.0"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>de-DE</value></prop></item>
</oor:items>"""

NAMES = ["Bürgeramt Süd", "Ș, Ğ; Ї ع", '"Haus" 3', "Unter 27"]
CODES = ["05513000", "2026-11", "10-12", "3/4", "1e5", "Mai 1", "0101", "2026-Q4", "rh-1"]
ATTACKS = [
    '=HYPERLINK("http://example.org";"x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "\uff1d1+1",
    "\ufeff=1+1",
    'x;"=1+1"',
    "a\t=1+1",
    "a\r\n=1+1",
]


Cell = tuple[str, str, str]
"""Type, formula and text."""


def converted(folder: Path, name: str, content: bytes, *options: str) -> ET.Element:
    """The file as LibreOffice has opened it."""
    (folder / "profile/user").mkdir(parents=True)
    (folder / "profile/user/registrymodifications.xcu").write_text(GERMAN)
    (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    into = ("--convert-to", "fods", "--outdir", str(folder))
    subprocess.run(
        ["soffice", "--headless", profile, *options, *into, name],
        cwd=folder,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
        check=True,
        capture_output=True,
        timeout=2 * PATIENCE_S,
    )
    opened = (folder / name).with_suffix(".fods")
    return ET.parse(opened).getroot()  # noqa: S314 - LibreOffice has just written it


def rows_of(element: ET.Element) -> list[list[Cell]]:
    """The cells that LibreOffice shows."""
    return [
        [
            (
                cell.get(f"{OFFICE}value-type", ""),
                cell.get(f"{TABLE}formula", ""),
                "".join("".join(part.itertext()) for part in cell),
            )
            for cell in row.iter(f"{TABLE}table-cell")
        ]
        for row in element.iter(f"{TABLE}table-row")
    ]


def test_the_workbook_says_in_one_row_who_came_to_a_stop_and_for_what(tmp_path: Path) -> None:
    root = converted(tmp_path, "bericht.xlsx", make_workbook(a_period("2026-Q4")))
    sheets = {sheet.get(f"{TABLE}name"): rows_of(sheet) for sheet in root.iter(f"{TABLE}table")}
    _, note, sums, _, market, *_ = sheets["Standortstatistik"]
    assert note[0][2].startswith("4. Quartal 2026, 01.10.2026 bis 31.12.2026.")
    assert [text for _, _, text in market][:7] == [
        "Markt",
        "market",
        "Mitte",
        "1",
        "35",
        "20",
        "15",
    ]
    assert [text for _, formula, text in sums if formula] == ["1", "35", "20", "15"]
    assert {kind for kind, _, _ in sheets["Kundenstatistik"][5][:1]} == {"date"}


def test_codes_names_numbers_and_days_are_what_they_are_and_nothing_runs(tmp_path: Path) -> None:
    columns = (
        Column("stop", "string", "Standort"),
        Column("count", "integer", "Anzahl"),
        Column("share", "number", "Anteil"),
        Column("date", "date", "Tag"),
    )
    texts = [*CODES, *NAMES, *ATTACKS]
    table = CsvTable("t", "Titel", columns, [(text, 15, 12.5, "2026-10-07") for text in texts])
    root = converted(tmp_path, "table.csv", excel_csv(table), f"--infilter={AS_EXCEL}")
    headers, *rows = rows_of(root)
    assert [text.strip() for _, _, text in headers] == ["Standort", "Anzahl", "share", "Tag"]
    assert len(rows) == len(texts)
    for text, row in zip(texts, rows, strict=True):
        assert [kind for kind, _, _ in row] == ["string", "float", "float", "date"]
        _, formula, shown = row[0]
        assert formula == (f'of:="{text}"' if text in CODES[:7] else ""), text
        if text in CODES + NAMES:
            assert shown.strip() == text
        assert row[1][2].strip() == "15"
        assert row[2][2].strip() == "12,5"
