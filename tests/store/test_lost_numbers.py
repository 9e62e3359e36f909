"""A damaged sector in the write-ahead log: no number on paper is given again, and it is told."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.devices.finding import Result
from kiosk.operate.doctor.counts import lost_numbers
from kiosk.operate.doctor.host import Host
from kiosk.service import citizens, visits
from kiosk.service.queue_view import queue_view
from kiosk.store.database import Database
from kiosk.store.lost_numbers import lost_ranges
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.prepared import new_device

pytestmark = pytest.mark.slow  # each begins with a process of its own

SECTOR_BYTES = 512
TAKEN = 60

TAKING = f"""
import os, signal, sys
from pathlib import Path
from kiosk.service import citizens, visits
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
kiosk = open_kiosk(Paths(Path(sys.argv[1])))
if kiosk.office.read(visits.current_visit) is None:
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    visits.limit_topic(kiosk.office, "wohngeld", None, kiosk.now())
for n in range({TAKEN}):
    request = citizens.TicketRequest("wohngeld", "de")
    print(citizens.take_ticket(kiosk.office, request, kiosk.now()).ticket.number, flush=True)
    if n + 1 == int(sys.argv[2]):
        kiosk.office.database.fold_wal()
os.kill(os.getpid(), signal.SIGKILL)  # the power goes
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "data")
    new_device(paths)
    return paths


def take_many(paths: Paths, folded_after: int = 0) -> list[str]:
    """The numbers on paper when the power goes; the log is as the last commit left it."""
    command = [sys.executable, "-c", TAKING, str(paths.data), str(folded_after)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout.split()


def damage(paths: Paths, share: float) -> None:
    """Overwrite a sector of the log."""
    wal = paths.database.with_name("kiosk.db-wal")
    with wal.open("r+b") as file:
        file.seek(int(wal.stat().st_size * share) // SECTOR_BYTES * SECTOR_BYTES)
        file.write(b"\xa5" * SECTOR_BYTES)


def take_one(paths: Paths) -> tuple[str, int, list[tuple[str, str]]]:
    """The next number, how many tickets the file knows, and the numbers that it has lost."""
    kiosk = open_kiosk(paths)
    with closing(kiosk.office.database):
        office = kiosk.office
        if office.read(visits.current_visit) is None:
            visits.open_visit(office, None, None, kiosk.now())
        request = citizens.TicketRequest("wohngeld", "de")
        known = len(office.read(queue_view).tickets)
        number = citizens.take_ticket(office, request, kiosk.now()).ticket.number
        return (
            number,
            known,
            [each.ends for each in office.read(lambda s: lost_ranges(s.connection))],
        )


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_no_number_on_paper_is_given_again(paths: Paths, share: float) -> None:
    on_paper = take_many(paths)
    assert len(on_paper) == TAKEN
    damage(paths, share)
    number, known, told = take_one(paths)
    assert known < TAKEN, "the damage has taken some"
    assert number == "E-061"
    assert told == [(f"E-{known + 1:03d}", "E-060")]


def test_lost_numbers_are_reported_until_the_visit_is_closed(paths: Paths) -> None:
    take_many(paths)
    damage(paths, 0.5)
    finding = lost_numbers(Host(paths))
    assert finding.result is Result.FAILURE
    assert "to E-060" in finding.cause
    kiosk = open_kiosk(paths)
    with closing(kiosk.office.database):
        visits.close_visit(kiosk.office, kiosk.now(), expected=None)
    assert lost_numbers(Host(paths)).result is Result.OK
    assert take_one(paths)[0] == "E-001", "a new visit begins anew"


def test_what_was_folded_in_is_not_lost(paths: Paths) -> None:
    take_many(paths, folded_after=50)
    damage(paths, 0.6)
    number, known, _ = take_one(paths)
    assert known >= 50
    assert number == "E-061"


def test_without_damage_nothing_is_lost(paths: Paths) -> None:
    take_many(paths)
    assert take_one(paths) == ("E-061", TAKEN, [])


def test_a_damaged_mark_is_no_mark(paths: Paths) -> None:
    take_many(paths)
    mark = paths.database.with_name("kiosk.db-mark")
    mark.write_bytes(b'{"visit:letter:E": "many"')
    assert take_one(paths) == ("E-061", TAKEN, [])


def test_a_closed_visit_leaves_no_mark_of_its_numbers(paths: Paths) -> None:
    take_many(paths)
    kiosk = open_kiosk(paths)
    with closing(kiosk.office.database):
        visits.close_visit(kiosk.office, kiosk.now(), expected=None)
    assert "letter" not in paths.database.with_name("kiosk.db-mark").read_text()
    with closing(Database.open(paths.database)):
        pass
    assert take_one(paths) == ("E-001", 0, [])
