"""A service may close a period: its unit forbids nothing that rounding and stepping back need."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kiosk.counts import ledger
from kiosk.operate.provisioning.shipped import SHIPPED
from kiosk.service.closing_watch import closing_command
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.counting import count_people
from tests.prepared import new_device

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.wiring.box import Kiosk

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


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Kiosk]:
    """A box with a quarter that is over and not closed."""
    paths = Paths(tmp_path / "data")
    new_device(paths)
    opened = open_kiosk(paths)
    with closing(opened.office.database) as database:
        count_people(database, "2024-03-31", 203, opened.office.profile)
        yield opened


def has_mdwe() -> bool:
    """Whether this kernel can refuse it (Linux 6.3)."""
    asked: int = ctypes.CDLL(None, use_errno=True).prctl(PR_GET_MDWE, 0, 0, 0, 0)
    return asked >= 0


def system_calls(group: str) -> frozenset[str]:
    """The calls of one of systemd's groups, those of the groups in it too."""
    listed = subprocess.run(
        ["systemd-analyze", "syscall-filter", group], check=True, capture_output=True, text=True
    )
    names = [line.strip() for line in listed.stdout.splitlines()[1:]]
    inner = [system_calls(name) for name in names if name.startswith("@")]
    return frozenset(name for name in names if name[:1].isalpha()).union(*inner)


def allowed_calls(unit: str) -> set[str]:
    """What the filter of a unit lets through; a later line wins."""
    allowed = set(system_calls("@default"))
    for line in (SHIPPED / unit).read_text().splitlines():
        if line.startswith("SystemCallFilter="):
            words = line.partition("=")[2]
            names = words.removeprefix("~").split()
            calls = {c for n in names for c in (system_calls(n) if n[0] == "@" else {n})}
            allowed = allowed - calls if words.startswith("~") else allowed | calls
    return allowed


@pytest.mark.parametrize("unit", ["kiosk-console.service", "kiosk-panel.service"])
def test_a_service_closes_with_every_call_refused_that_its_unit_forbids(
    box: Kiosk, unit: str
) -> None:
    forbidden = sorted(system_calls("@known") - allowed_calls(unit))
    assert {"capset", "mount", "reboot"} <= set(forbidden)
    refused = ",".join(f"?{name}" for name in forbidden)  # those that this strace knows
    words = ["strace", "--follow-forks", "--quiet=all", f"--inject={refused}:error=EPERM"]
    done = subprocess.run(
        [*words, *closing_command(box.paths.data)], check=False, capture_output=True, text=True
    )
    assert done.stdout.startswith("Closed "), done.stderr[-2000:]
    assert done.returncode == 0


def test_a_closing_needs_little_memory_and_no_machine_code(box: Kiosk) -> None:
    guard = "guarded" if has_mdwe() else "unguarded"
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, guard, *closing_command(box.paths.data)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert 20 < int(done.stdout) < CLOSING_MB
    with box.office.database.read() as connection:
        assert ledger.length(connection) == 1
