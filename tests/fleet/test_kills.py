"""`kill -9` at random moments of taking in: nothing is lost, and nothing is taken twice."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from kiosk.fleet.status import fleet_status
from tests.fleet.played_box import TODAY, PlayedBox, add, collect, write
from tests.killing import killing
from tests.town import MARKET

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.fleet.database import FleetDatabase

KILLS = int(os.environ.get("RADHAUS_OFFICE_KILLS", "5"))
QUARTERS = [f"{year}-Q{n}" for year in range(1986, 2026) for n in (1, 2, 3, 4)]
LONGEST_S = 0.5

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
    chance = random.Random(seed)
    box = PlayedBox("rh-1")
    for unit in QUARTERS:
        box.close(unit, {MARKET: 200}, days=2)
    add(fleet, box, "Bus 1")
    stick = write(tmp_path / "stick", box.packages)
    met, counts = 0, [0]
    with killing(COLLECTING, url, stick) as kill:
        for place in range(KILLS):
            met += kill(chance.uniform(0, LONGEST_S) * (place + 1) / KILLS)
            with fleet.read() as connection:
                (found,) = fleet_status(connection, TODAY).boxes
            counts.append(found.packages)
            assert found.people == 200 * found.packages
    assert counts == sorted(counts), "what was taken in stays"
    collect(fleet, stick)
    with fleet.read() as connection:
        (found,) = fleet_status(connection, TODAY).boxes
    assert (found.packages, found.people) == (len(QUARTERS), 200 * len(QUARTERS))
    assert [gap for gap in found.gaps if gap.kind != "overdue"] == []
    assert met
