"""A report over many boxes is the same from stored sums as from the packages themselves."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, update

from kiosk.counts.coarsening import OTHERS
from kiosk.fleet.quarter_sums import LEAST_STORED
from kiosk.fleet.report import build_report
from kiosk.fleet.report_files import report_file
from kiosk.fleet.report_request import ReportRequest
from kiosk.fleet.schema import packages, quarter_sums
from tests.fleet.played_box import TODAY, PlayedBox, add, collect, write
from tests.town import ESTATE, MARKET

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.fleet.database import FleetDatabase

UNITS = ("2025-Q3", "2025-Q4", "2026-Q3")
LATE, LATE_PEOPLE = "rh-late", 35
SEED = 20261130

pytestmark = pytest.mark.slow  # three hundred packages


@pytest.fixture
def many(fleet: FleetDatabase, tmp_path: Path) -> FleetDatabase:
    """So many boxes that sums are stored, each with three quarters; some told no single stop."""
    random = Random(SEED)
    for number in range(LEAST_STORED):
        box = PlayedBox(f"rh-{number:03}")
        add(fleet, box, f"Bus {number}")
        for unit in UNITS:
            other = OTHERS if number % 7 == 0 else ESTATE
            box.close(
                unit, {MARKET: 5 * random.randrange(9, 60), other: 5 * random.randrange(1, 9)}
            )
        write(tmp_path / "all", box.packages)
    assert collect(fleet, tmp_path / "all").refused == []
    return fleet


def report(fleet: FleetDatabase, *boxes: str) -> tuple[int, bytes]:
    """How many people, and the page."""
    contents = build_report(fleet, ReportRequest(date(2025, 7, 1), None, boxes), TODAY)
    return contents.summed.merged.total("demand"), report_file(contents, ".html")


def stored(fleet: FleetDatabase) -> int:
    with fleet.read() as connection:
        return connection.scalar(select(func.count()).select_from(quarter_sums)) or 0


def test_the_second_report_reads_sums_and_says_the_same(many: FleetDatabase) -> None:
    some = report(many, "Bus 7", "Bus 8")
    assert stored(many) == 0, "of some boxes alone"
    first = report(many)
    assert stored(many) == len(UNITS)
    with many.write() as connection:
        connection.execute(update(packages).values(entry=b""))
    assert report(many) == first
    assert some != first


def test_a_package_that_comes_late_and_a_sum_that_is_broken_are_no_wrong_number(
    many: FleetDatabase, tmp_path: Path
) -> None:
    people, page = report(many)
    with many.write() as connection:
        broken = quarter_sums.c.quarter == UNITS[1]
        connection.execute(update(quarter_sums).where(broken).values(body=b"\x78\x9c"))
    assert report(many) == (people, page)
    late = PlayedBox(LATE)
    add(many, late, "Bus, spät")
    collect(many, write(tmp_path / "late", [late.close(UNITS[0], {MARKET: LATE_PEOPLE})]))
    assert report(many)[0] == people + LATE_PEOPLE
    assert report(many)[0] == people + LATE_PEOPLE
