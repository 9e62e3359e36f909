"""`kill -9` at random moments of taking in: nothing is lost, and nothing is taken twice."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from kiosk.fleet.boxes import list_boxes
from kiosk.fleet.status import fleet_status
from tests.fleet.played_box import TODAY, PlayedBox, add, collect, write
from tests.killing import killing
from tests.town import MARKET

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.export.package import Package
    from kiosk.fleet.database import FleetDatabase

KILLS = int(os.environ.get("RADHAUS_OFFICE_KILLS", "5"))
QUARTERS = [f"{year}-Q{n}" for year in range(1986, 2026) for n in (1, 2, 3, 4)]
PEOPLE = 200
FIRST_S = 0.5
"""More than the packages of a box take: the first that was over before its kill shortens it."""

COLLECTING = """
from datetime import UTC, datetime
from pathlib import Path
import kiosk.fleet.collect
from kiosk.fleet import collect
from kiosk.fleet.database import open_database
collect.BATCH = 10

def work(url, folder, begun):
    database = open_database(url)
    begun()
    collect.collect_folder(database, Path(folder), lambda: datetime.now(UTC), lambda _: None)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing_and_takes_nothing_twice(
    fleet: FleetDatabase, url: str, tmp_path: Path
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 - to play it again
    chance, stick = random.Random(seed), tmp_path / "stick"
    met, written, whole_s, counts = 0, 0, FIRST_S, [0]
    with killing(COLLECTING, url, stick) as kill:
        while met < KILLS:
            if counts[-1] == written:
                written += len(write_another_box(fleet, stick))
            if kill(chance.uniform(0.0, whole_s)):
                met += 1
            else:
                whole_s *= 0.8  # the kills follow how fast the machine is now
            counts.append(collected(fleet))
    assert counts == sorted(counts), "what was taken in stays"
    collect(fleet, stick)
    assert collected(fleet) == written


def write_another_box(fleet: FleetDatabase, stick: Path) -> list[Package]:
    """A box that the fleet knows; gives its packages, which lie on the stick now."""
    with fleet.read() as connection:
        name = f"rh-{len(list_boxes(connection)) + 1}"
    box = PlayedBox(name)
    for unit in QUARTERS:
        box.close(unit, {MARKET: PEOPLE}, days=2)
    add(fleet, box, name)
    write(stick, box.packages)
    return box.packages


def collected(fleet: FleetDatabase) -> int:
    """How many packages were taken in, each once and without a gap before it."""
    with fleet.read() as connection:
        found = fleet_status(connection, TODAY).boxes
    assert [box.people for box in found] == [PEOPLE * box.packages for box in found]
    assert {gap.kind for box in found for gap in box.gaps} <= {"overdue"}
    return sum(box.packages for box in found)
