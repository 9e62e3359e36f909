"""`kill -9` at random moments of writing a stick: no half package, and the next plug writes on."""

from __future__ import annotations

import os
import random
import sys
import time
from functools import cache
from typing import TYPE_CHECKING

import pytest

from kiosk.cli.received import examine_packages
from kiosk.domain.stick import StickState
from kiosk.export.package import build_package, closed_periods
from kiosk.export.targets.stick_marker import MARKER, write_marker
from kiosk.export.verification.chain import chain_faults
from kiosk.operate.stick_delivery import deliver_to_stick
from kiosk.service.sticks import stick_code
from tests.counting import count_quarter
from tests.killing import killing
from tests.prepared import new_box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kiosk.store.database import Database
    from kiosk.wiring.box import Kiosk

KILLS = int(os.environ.get("RADHAUS_STICK_KILLS", "5"))
AT_FIRST = 4
PEOPLE = 203

PLUGGED = """
from pathlib import Path
import kiosk.counts.close
from kiosk.operate.stick_delivery import deliver_to_stick
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk

def work(data, folder, begun):
    box = open_kiosk(Paths(Path(data)))
    begun()
    deliver_to_stick(box, Path(folder), lambda _: None)
"""


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Kiosk]:
    with new_box(tmp_path) as box:
        yield box


def deliver(box: Kiosk, folder: Path) -> StickState:
    return deliver_to_stick(box, folder, lambda _: None)


@pytest.mark.slow
def test_a_killed_writer_leaves_no_half_package_and_the_next_plug_writes_on(
    box: Kiosk, tmp_path: Path
) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance, torn, remains = random.Random(seed), 0, 0
    for number in range(AT_FIRST):
        count_quarter(box.office, number, PEOPLE)
    whole_s = delivery_s(box, new_stick(box, tmp_path / "first"))
    with killing(PLUGGED, box.paths.data) as plug_for:
        while torn < KILLS:
            count_quarter(box.office, len(closed_labels(box)), PEOPLE)
            folder = new_stick(box, tmp_path / f"stick-{len(closed_labels(box))}")
            while plug_for(chance.uniform(0.0, whole_s), folder):
                torn, remains = torn + 1, remains + assert_whole(box, folder)
                whole_s *= 1.05
            whole_s *= 0.8  # the kills follow how fast the machine is now
            assert deliver(box, folder) is StickState.NOTHING_NEW
            assert assert_whole(box, folder) == 0
            assert len(package_names(folder)) == len(set(closed_labels(box)))
    sys.stdout.write(f"{torn} kills, {remains} within a package\n")


def new_stick(box: Kiosk, folder: Path) -> Path:
    folder.mkdir()
    write_marker(folder, stick_code(box.office))
    return folder


def delivery_s(box: Kiosk, folder: Path) -> float:
    """How long a closing and the writing of all packages take on this machine now."""
    began_s = time.monotonic()
    assert deliver(box, folder) is StickState.DONE
    return time.monotonic() - began_s


def closed_labels(box: Kiosk) -> list[str]:
    return list(closed_periods(box.office.database))


def package_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name[0] != ".")


@cache
def built_package(database: Database, period: str) -> tuple[str, Mapping[str, bytes]]:
    package = build_package(database, period)
    return package.name, package.files


def assert_whole(box: Kiosk, folder: Path) -> int:
    """What has a package's name is one of the ledger, byte for byte; how many remains lie by."""
    built = dict(built_package(box.office.database, period) for period in closed_labels(box))
    for name in package_names(folder):
        assert {file.name: file.read_bytes() for file in (folder / name).iterdir()} == built[name]
    if package_names(folder):
        examined = examine_packages([folder], [])
        assert [package.faults for package in examined] == [()] * len(package_names(folder))
        assert chain_faults(examined) == []
    remains = {path.name for path in folder.iterdir()} - {MARKER, *package_names(folder)}
    assert len(remains) <= 1
    return len(remains)
