"""Ten boxes over three years, with all that happens to sticks and boxes, to the last five."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from kiosk.counts.ledger_entry import TopicNames
from kiosk.fleet.report import NothingBetween, build_report
from kiosk.fleet.report_files import report_file
from kiosk.fleet.report_request import ReportRequest
from kiosk.fleet.server.page import render_page
from kiosk.fleet.status import fleet_status
from tests.export.report.quarter import quarter
from tests.fleet.played_box import NOW, TODAY, PlayedBox, add, collect, write
from tests.town import ESTATE, HOME, MARKET, RENT

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.package import Package
    from kiosk.export.report.page import ReportContents
    from kiosk.fleet.database import FleetDatabase

UNITS = [f"{year}-Q{n}" for year in (2023, 2024, 2025, 2026) for n in (1, 2, 3, 4)][3:15]
SEED = 20261129


@dataclass
class ThreeYears:
    """Ten buses from the last quarter of 2023 to the third of 2026, and their true sums."""

    boxes: list[PlayedBox] = field(default_factory=list)
    sums: Counter[str] = field(default_factory=Counter)
    replaced: PlayedBox = field(default_factory=lambda: PlayedBox("rh-03-new"))

    def __post_init__(self) -> None:
        random = Random(SEED)
        self.boxes = [PlayedBox(f"rh-{n:02}") for n in range(1, 11)]
        for unit in UNITS:
            for number, box in enumerate(self.boxes, 1):
                people = {str(stop): 5 * random.randrange(20, 60) for stop in (MARKET, ESTATE)}
                if number == 5 and unit == "2025-Q1":
                    continue  # in the workshop
                # Bus 3 has another computer from 2026 on.
                driven = self.replaced if number == 3 and unit >= "2026" else box
                driven.freeze(_named(quarter(unit, people), unit))
                if not (number == 7 and unit == "2025-Q3"):  # on the stick that was lost
                    self.sums.update(people)


def _named(period: ClosedPeriod, unit: str) -> ClosedPeriod:
    """In 2025 the topic got another name."""
    label = "Miete" if unit < "2025" else "Wohnen und Miete"
    names = structs.replace(period.names, topics={RENT: TopicNames(label, "", HOME)})
    return structs.replace(period, names=names)


def lost(package: Package) -> bool:
    return package.name.endswith("_rh-07_2025-Q3")


@pytest.fixture
def years(fleet: FleetDatabase, tmp_path: Path) -> ThreeYears:
    """All that came on sticks, a stick of Bus 2 twice, and a forged one."""
    years = ThreeYears()
    for number, box in enumerate(years.boxes, 1):
        add(fleet, box, f"Bus {number}")
        came = [package for package in box.packages if not lost(package)]
        assert collect(fleet, write(tmp_path / box.device, came)).refused == []
    add(fleet, years.replaced, "", replaces="Bus 3")
    collect(fleet, write(tmp_path / "new", years.replaced.packages))
    assert collect(fleet, tmp_path / "rh-02").known == len(UNITS)
    forger = PlayedBox("rh-09")
    forger.renew_key("forged")
    collect(fleet, write(tmp_path / "forged", [forger.close("2026-Q4", {MARKET: 9000})]))
    return years


def report(fleet: FleetDatabase, *boxes: str, first: date | None = None) -> ReportContents:
    return build_report(fleet, ReportRequest(first, None, boxes), TODAY)


def test_the_page_says_what_happened_and_the_sums_are_right(
    fleet: FleetDatabase, years: ThreeYears
) -> None:
    with fleet.read() as connection:
        status = fleet_status(connection, TODAY)
    lines = [
        (box.box.name, str(gap.kind), gap.units, gap.packages)
        for box in status.boxes
        for gap in box.gaps
    ]
    assert lines == [
        ("Bus 5", "not_run", ("2025-Q1",), None),
        ("Bus 7", "missing", ("2025-Q3",), (8, 8)),
    ]
    assert [(f.kind, f.device) for f in status.findings] == [("other_key", "rh-09")]
    assert [topic.topic for topic in status.renamed] == [RENT]
    (new,) = [box for box in status.boxes if box.box.name == "Bus 3"]
    assert (new.box.device, new.box.replaces, new.packages) == ("rh-03-new", "rh-03", 3)
    assert sum(box.packages for box in status.boxes) == 10 * len(UNITS) - 2
    all_ = report(fleet, first=date(2023, 1, 1)).summed
    assert {cell[0]: n for cell, n in all_.merged.tables["demand"]} == years.sums
    assert all_.merged.names.topics[RENT].label == "Wohnen und Miete"
    assert all_.merged.tables["topics"] == [((HOME, RENT), years.sums.total())]


@pytest.mark.usefixtures("years")
def test_the_page_says_each_thing_that_happened_in_one_line(fleet: FleetDatabase) -> None:
    with fleet.read() as connection:
        page = render_page(fleet_status(connection, TODAY), NOW)
    lines = [
        " ".join(unescape(re.sub("<[^>]*>", " ", line)).split())
        for line in re.findall(r"<(?:li|tr)>.*?</(?:li|tr)>", page, re.DOTALL)
    ]
    for told in (
        r"Bus 7 : 3. Quartal 2025 fehlt \(Paket 8\)",
        r"Bus 9 : \S+_rh-09_2026-Q4 \S+ mit fremdem Schlüssel signiert, nicht gezählt: .*",
        r"Bus 3 .* 3. Quartal 2026 29.11.2026 13:00 3 [\d.]+ ersetzt rh-03",
        r"Bus 3 \(rh-03\) .* 4. Quartal 2025 .* außer Dienst seit 29.11.2026",
        "Bus 5 .* 1. Quartal 2025: nicht gefahren oder niemanden gezählt",
        r"rent : „Miete“ \(seit 01.10.2023\), „Wohnen und Miete“ \(seit 01.01.2025\); .*",
        r"29.11.2026 13:00 · \S+/rh-02: 0 neu, 12 schon da",
    ):
        assert [line for line in lines if re.fullmatch(told, line)], f"{told}: {lines}"
    buses = [line.split()[1] for line in lines if re.match(r"Bus \d+ (?!:)", line)]
    assert buses == [*"123345678", "9", "10"]


def test_the_report_names_its_boxes_its_gaps_and_its_bands(
    fleet: FleetDatabase, years: ThreeYears
) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415 - each process that collects tests would load it

    contents = report(fleet, first=date(2025, 1, 1))
    page = re.sub(r"\s+", " ", report_file(contents, ".html").decode())
    assert contents.title == "1. Quartal 2025 bis 3. Quartal 2026"
    assert "11 Geräte: Bus 1, Bus 2, Bus 3, Bus 3 (rh-03), Bus 4, Bus 5" in page
    assert "2. Quartal 2025 (10 Geräte)" in page
    assert "1. Quartal 2025 (9 Geräte)" in page
    assert "Bus 7: 3. Quartal 2025 fehlt (Paket 8)." in page
    assert "Bus 5: 1. Quartal 2025: nicht gefahren oder niemanden gezählt." in page
    assert contents.summed.stops.rounded(MARKET) == contents.summed.count == 68
    sheet = load_workbook(BytesIO(report_file(contents, ".xlsx")))["Kundenstatistik"]
    told = sum(int(str(row[5])) for row in sheet.iter_rows(min_row=5, values_only=True))
    assert told == contents.summed.merged.total()
    assert years.sums


def test_the_last_quarter_is_compared_where_the_same_boxes_delivered(
    fleet: FleetDatabase, years: ThreeYears
) -> None:
    last = report(fleet)
    assert (last.title, last.summed.count) == ("3. Quartal 2026", 10)
    names = [name for name, _ in last.comparisons]
    assert names == ["2. Quartal 2026"], "Bus 3 is another box and Bus 7 lacks a package since"
    assert years.boxes
    one = report(fleet, "Bus 1")
    assert (one.source, one.summed.count) == ("Gerät Bus 1", 1)
    assert [name for name, _ in one.comparisons] == ["2. Quartal 2026", "3. Quartal 2025"]
    with pytest.raises(NothingBetween):
        report(fleet, first=date(2027, 1, 1))
