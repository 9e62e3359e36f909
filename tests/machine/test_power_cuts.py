"""The power goes amid a service day, again and again: what was acknowledged is there afterwards."""

from __future__ import annotations

import os
import random
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.ticket import OPEN
from kiosk.service.queue_view import queue_view
from kiosk.store.examination import examine_database
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.machine.power_cut import PowerCutGuest, mounted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.image import Image

pytestmark = pytest.mark.timeout(4 * 3600)
CUTS = int(os.environ.get("RADHAUS_CUTS", "20"))
LONGEST_S = 5.0


@pytest.fixture(scope="module")
def day(image: Image) -> Iterator[PowerCutGuest]:
    """A box amid a visit, kept at the moment before people are served."""
    folder = Path(os.environ["RADHAUS_MACHINE"]) / "cuts"
    with closing(PowerCutGuest(image, folder)) as guest:
        guest.prepare()
        yield guest


def acknowledged(day: PowerCutGuest, seconds: float) -> dict[str, set[int]]:
    """What was said to people until the power went."""
    said: dict[str, set[int]] = {"taken": set(), "called": set(), "resolved": set()}
    told = b""
    with day.busy() as line:
        time.sleep(seconds)  # the moment of the cut is the point
        day.cut()
        while part := line.recv(65536):
            told += part
    for what, which in (word.split() for word in told.decode().splitlines()[:-1] if word):
        said[what].add(int(which))
    return said


def assert_kept(data: Path, said: dict[str, set[int]]) -> None:
    """All that was said is so, no number is with two people, and the file is whole."""
    office = open_kiosk(Paths(data)).office
    with closing(office.database) as database:
        tickets = {int(ticket.id): ticket for ticket in office.read(queue_view).tickets}
        assert examine_database(database.path).faults == ()
    assert said["taken"] <= tickets.keys()
    assert all(tickets[one].first_call for one in said["called"])
    assert all(tickets[one].outcome == "resolved" for one in said["resolved"])
    numbers = [ticket.number for ticket in tickets.values() if ticket.state in OPEN]
    assert len(numbers) == len(set(numbers))


def test_what_was_acknowledged_outlives_every_cut(day: PowerCutGuest, tmp_path: Path) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance = random.Random(seed)
    served = 0
    for cut in range(CUTS):
        said = acknowledged(day, chance.uniform(0.2, LONGEST_S))
        day.disk_after_the_cut(chance, disk := tmp_path / "data.img")
        with mounted(disk, tmp_path / "data") as data:
            assert_kept(data, said)
        served += sum(map(len, said.values()))
        sys.stdout.write(f"\rcut {cut + 1} of {CUTS}: {served} acknowledged actions are there")
    assert served > CUTS, "the box was cut before anybody was served"


def test_the_box_opens_its_doors_on_what_a_cut_left(day: PowerCutGuest) -> None:
    """The whole box, from switching on."""
    chance = random.Random(time.time_ns())
    said = acknowledged(day, LONGEST_S)
    day.start_again(chance)
    listed = day.run("kiosk ticket list --json")
    assert len(said["taken"]) > 0
    assert day.run("systemctl --failed --plain --no-legend") == ""
    assert max(said["taken"]) <= listed.count('"number"')
