"""The tables for Excel, opened by LibreOffice in German: what a double click makes of them.

LibreOffice is in the nightly set-up only (`script/setup test nightly`).
"""

import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kiosk.export.csv_files import excel_csv
from kiosk.export.tables.builder import Column, CsvTable

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


def opened(folder: Path, content: bytes) -> list[list[tuple[str, str, str]]]:
    """The cells that LibreOffice shows: their type, formula and text."""
    (folder / "profile/user").mkdir(parents=True)
    (folder / "profile/user/registrymodifications.xcu").write_text(GERMAN)
    (folder / "table.csv").write_bytes(content)
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *(f"--infilter={AS_EXCEL}", "--convert-to", "fods", "--outdir", folder, "table.csv"),
        ],
        cwd=folder,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
        check=True,
        capture_output=True,
        timeout=120,
    )
    root = ET.parse(folder / "table.fods").getroot()  # noqa: S314 - LibreOffice has just written it
    return [
        [
            (
                cell.get(f"{OFFICE}value-type", ""),
                cell.get(f"{TABLE}formula", ""),
                "".join("".join(part.itertext()) for part in cell),
            )
            for cell in row.iter(f"{TABLE}table-cell")
        ]
        for row in root.iter(f"{TABLE}table-row")
    ]


def test_codes_names_numbers_and_days_are_what_they_are_and_nothing_runs(tmp_path: Path) -> None:
    columns = (
        Column("stop", "string", "Standort"),
        Column("count", "integer", "Anzahl"),
        Column("share", "number", "Anteil"),
        Column("date", "date", "Tag"),
    )
    texts = [*CODES, *NAMES, *ATTACKS]
    table = CsvTable("t", "Titel", columns, [(text, 15, 12.5, "2026-10-07") for text in texts])
    headers, *rows = opened(tmp_path, excel_csv(table))
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
