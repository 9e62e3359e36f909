"""A service may close a period: its unit forbids nothing that rounding and stepping back need."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kiosk.counts import ledger
from kiosk.operate.provisioning.plan import SHIPPED
from kiosk.service.closing_watch import closing_command
from kiosk.system.paths import Paths
from kiosk.wiring import open_kiosk
from tests.counting import count_people
from tests.prepared import new_device

if TYPE_CHECKING:
    from pathlib import Path

CLOSING_MB = 150
"""What the units leave to it beside the service itself."""

PR_SET_MDWE, PR_GET_MDWE, REFUSE_EXEC_GAIN = 65, 66, 1

# As MemoryDenyWriteExecute= has it. A small process measures, for the peak is handed on.
GUARDED = f"""
import ctypes, resource, subprocess, sys
if sys.argv[1] == "guarded":
    assert ctypes.CDLL(None).prctl({PR_SET_MDWE}, {REFUSE_EXEC_GAIN}, 0, 0, 0) == 0
subprocess.run(sys.argv[2:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def has_mdwe() -> bool:
    """Whether this kernel can refuse it (Linux 6.3)."""
    asked: int = ctypes.CDLL(None, use_errno=True).prctl(PR_GET_MDWE, 0, 0, 0, 0)
    return asked >= 0


@pytest.mark.parametrize("unit", ["kiosk-console.service", "kiosk-panel.service"])
def test_a_unit_lets_a_closing_step_back_behind_all_others(unit: str) -> None:
    lines = (SHIPPED / unit).read_text().splitlines()
    filters = [line for line in lines if line.startswith("SystemCallFilter=")]
    denied = next(place for place, line in enumerate(filters) if "@resources" in line)
    assert "SystemCallFilter=setpriority" in filters[denied:], "a later line wins"


def test_a_closing_needs_little_memory_and_no_machine_code(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")
    new_device(paths)
    office = open_kiosk(paths).office
    with closing(office.database) as database:
        count_people(database, "2024-03-31", 203, office.profile)
        guard = "guarded" if has_mdwe() else "unguarded"
        done = subprocess.run(
            [sys.executable, "-c", GUARDED, guard, *closing_command(paths.data)],
            check=True,
            capture_output=True,
            text=True,
        )
        assert 20 < int(done.stdout) < CLOSING_MB
        with database.read() as connection:
            assert ledger.length(connection) == 1
