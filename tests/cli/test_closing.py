"""Closing by processes of their own: started by a service, before an export, and killed."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.counts import ledger
from kiosk.counts.ledger_entry import encode_entry
from kiosk.domain.events import PeriodClosed
from kiosk.operate.closing import close_ended_periods
from kiosk.service.closing import closing_state
from kiosk.service.closing_watch import ClosingWatch, closing_command
from kiosk.store import counters, journal
from kiosk.store.backup_copy import consistent_copy
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.counting import count_quarter, quarter
from tests.killing import killing
from tests.prepared import new_box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.wiring.box import Kiosk

CLOSING = """
from pathlib import Path
import kiosk.counts.close
from kiosk.operate.closing import close_ended_periods
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk

def work(data, begun):
    begun()
    close_ended_periods(open_kiosk(Paths(Path(data))))
"""
KILLS = int(os.environ.get("RADHAUS_CLOSING_KILLS", "8"))
FIRST_S = 1.0
"""More than a closing takes: the first that was over before its kill shortens the next."""

PEOPLE = 203


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Kiosk]:
    with new_box(tmp_path) as box:
        yield box


def closed_periods(box: Kiosk) -> list[str]:
    with box.office.database.read() as connection:
        return [entry.period for entry in ledger.read(connection)]


def test_a_service_closes_by_a_process_of_its_own(box: Kiosk) -> None:
    count_quarter(box.office, 0, PEOPLE)
    command = closing_command(box.paths.data)
    ClosingWatch(box.office, box.now, command, after_s=0.0).check()
    assert closed_periods(box) == [quarter(0)]
    assert box.office.read(closing_state, box.now()).failure == ""


@pytest.mark.slow  # two processes that load NumPy at once
def test_two_services_that_close_at_once_close_once_and_neither_complains(box: Kiosk) -> None:
    count_quarter(box.office, 0, PEOPLE)
    count_quarter(box.office, 1, PEOPLE)
    both = [
        subprocess.Popen(closing_command(box.paths.data), stderr=subprocess.PIPE) for _ in range(2)
    ]
    assert [process.communicate()[1] for process in both] == [b"", b""]
    assert [process.returncode for process in both] == [0, 0]
    assert closed_periods(box) == [quarter(0), quarter(1)]


def test_an_export_closes_first_what_is_over(box: Kiosk, tmp_path: Path) -> None:
    count_quarter(box.office, 0, PEOPLE)
    out = tmp_path / "out"
    words = ("export", "--to", str(out), "--data", str(box.paths.data))
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert (done.exit_code, done.stderr) == (0, f"Closed {quarter(0)}.\n")
    assert [path for path in out.iterdir() if path.is_dir()]


@pytest.mark.slow  # a closing for each kill
def test_a_kill_at_any_moment_loses_nothing_and_closes_nothing_twice(box: Kiosk) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance = random.Random(seed)
    torn, number, whole_s = 0, -1, FIRST_S
    in_peace: dict[str, set[bytes]] = {}
    with killing(CLOSING, box.paths.data) as close_for:
        while torn < KILLS:
            number += 1
            count_quarter(box.office, number, PEOPLE)
            for entry in closed_copy(box):
                in_peace.setdefault(entry.period, set()).add(encode_entry(entry))
            if close_for(chance.uniform(0.0, whole_s)):
                torn += 1
            else:
                whole_s *= 0.8  # the kills follow how fast the machine is now
            assert_whole(box, number)
    subprocess.run(closing_command(box.paths.data), check=True, capture_output=True)
    assert closed_periods(box) == [quarter(each) for each in range(number + 1)]
    with box.office.database.read() as connection:
        assert not counters.open_months(connection)
        told = journal.latest_of(connection, PeriodClosed, most=2 * number + 2)
        entries = ledger.read(connection)
    assert {entry.total() for entry in entries} <= {200, 205}
    drawn = {entry.period: {encode_entry(entry)} for entry in entries}
    assert drawn == in_peace, "torn closings are repeated with the same draw"
    periods = [entry.event.period for entry in told if isinstance(entry.event, PeriodClosed)]
    assert sorted(periods) == closed_periods(box)


def closed_copy(box: Kiosk) -> list[ClosedPeriod]:
    """What an undisturbed copy of the box closes."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        shutil.copy(box.paths.config, paths.config)
        paths.database.write_bytes(consistent_copy(box.paths.database))
        copy = open_kiosk(paths)
        with closing(copy.office.database):
            return close_ended_periods(copy)


def assert_whole(box: Kiosk, number: int) -> None:
    """Each quarter is either in the ledger or in the exact counters, with all its people."""
    with box.office.database.read() as connection:
        closed = [entry.period for entry in ledger.read(connection)]
        counted = {
            f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}": dict(counters.VISITS.of(connection, month))
            for month in counters.open_months(connection)
        }
    assert sorted([*closed, *counted]) == [quarter(each) for each in range(number + 1)]
    assert all(sum(visits.values()) == PEOPLE for visits in counted.values())
