"""The exact counters of the running period: for the services of the box, and for nobody beside."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from pyrage import x25519

from kiosk.service import citizens, visits
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.counting import count_people
from tests.prepared import new_device

if TYPE_CHECKING:
    from collections.abc import Iterator

STRANGER = 65534
"""Debian's nobody, in no group of ours."""


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """That of a technician's shell, where the units have a stricter one."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine can enter; pytest's own is closed."""
    with TemporaryDirectory() as folder:
        entered = Path(folder)
        entered.chmod(0o755)
        yield entered


def kiosk(data: Path, *words: str) -> None:
    command = [sys.executable, "-m", "kiosk", *words, "--data", str(data)]
    subprocess.run(command, check=False, capture_output=True)


def as_stranger(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    ids = (f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups")
    return subprocess.run(["setpriv", *ids, *command], capture_output=True, check=False)


@pytest.mark.usefixtures("usual_umask")
def test_nobody_but_owner_and_group_reads_what_a_day_leaves(tmp_path: Path) -> None:
    """Database, its log, its mark, reports: each file, and not only the folder around them."""
    paths = Paths(tmp_path / "data")
    new_device(paths)
    box = open_kiosk(paths)
    with closing(box.office.database) as database:
        count_people(database, "2024-03-31", 203, box.office.profile)
        visits.open_visit(box.office, None, None, box.now())
        citizens.take_ticket(box.office, citizens.TicketRequest("wohngeld", "de"), box.now())
        kiosk(paths.data, "doctor", "--keep")
        recipient = str(x25519.Identity.generate().to_public())
        kiosk(paths.data, "support", "--keep", "--recipient", recipient)
        files = [path for path in paths.data.rglob("*") if not path.is_socket()]
        assert {"kiosk.db", "kiosk.db-wal", "doctor.json", paths.support_bundle.name} <= {
            path.name for path in files
        }
        open_to_all = [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o007]
        assert open_to_all == []


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user, which only root can")
def test_another_user_of_the_machine_reads_none_of_it(open_folder: Path) -> None:
    """Where somebody has opened the folder, the files guard themselves."""
    paths = Paths(open_folder / "data")
    new_device(paths)
    paths.data.chmod(0o755)
    assert as_stranger("ls", paths.data).returncode == 0
    for file in (paths.database, paths.config):
        read = as_stranger("cat", file)
        assert (read.returncode, read.stdout) == (1, b"")
        assert b"Permission denied" in read.stderr
