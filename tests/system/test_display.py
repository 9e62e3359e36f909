"""The display that `kiosk run` gives to its glass."""

import os
import signal
from pathlib import Path

import pytest

from tests.system.bus import Bus
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.slow


def xvfb_of(run_pid: int) -> int:
    """The Xvfb that this `kiosk run` has started."""
    children = Path(f"/proc/{run_pid}/task/{run_pid}/children").read_text().split()
    return next(int(pid) for pid in children if comm_of(pid) == "Xvfb")


def comm_of(pid: str) -> str:
    return Path(f"/proc/{pid}/comm").read_text().strip()


def test_a_lost_display_ends_it_with_one_sentence(tmp_path: Path) -> None:
    with Bus(tmp_path / "data", prepared=False) as bus:
        assert bus.pin, "a device that was made by itself"
        os.kill(xvfb_of(bus.process.pid), signal.SIGKILL)
        assert bus.process.wait(PATIENCE_S) == 1
    told = [line for line in bus.said if line.startswith("kiosk: ")]
    assert any("no display for the glass: its Xvfb ended" in line for line in told), bus.said
    assert not any("is started again" in line for line in bus.said)
    assert not any("Traceback" in line for line in bus.said)
