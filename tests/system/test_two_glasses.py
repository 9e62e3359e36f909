"""A second glass on the same bus: two citizens at once, each with a number of their own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest

from kiosk.system.virtual_display import start_virtual_display
from tests.system.bus import Bus
from tests.waiting import PATIENCE_S, eventually

pytestmark = pytest.mark.slow

SECOND = ("--name", "second")
WAY = ("start.number", "group.rat-und-hilfe", "topic.orientierung")


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    with Bus(tmp_path_factory.mktemp("two") / "data") as bus:
        bus.kiosk("visit", "open", "--stop", "schalke-markt")
        yield bus


@pytest.fixture
def _second_glass(bus: Bus) -> Iterator[None]:
    command = [sys.executable, "-m", "kiosk", "touch", "--data", str(bus.data), *SECOND]
    with start_virtual_display("800x480") as display:
        glass = subprocess.Popen([*command, "--size", "800x480"], env=display.environment)
        eventually((bus.data / "second.sock").exists, "the second glass")
        yield
        glass.send_signal(signal.SIGTERM)
        assert glass.wait(PATIENCE_S) == 0


@pytest.mark.usefixtures("_second_glass")
def test_two_citizens_at_two_glasses_get_two_numbers(bus: Bus) -> None:
    for tap in WAY:
        for which in ((), SECOND):
            eventually(partial(tapped, bus, tap, *which), tap)
    shown = [bus.ask("glass", "describe", *which) for which in ((), SECOND)]
    numbers = [e["text"] for glass in shown for e in glass["elements"] if e["id"] == "number"]
    assert sorted(numbers) == ["F-001", "F-002"]


def test_a_second_glass_of_the_same_name_is_refused(bus: Bus) -> None:
    command = [sys.executable, "-m", "kiosk", "touch", "--data", str(bus.data)]
    environment = {**os.environ, "DISPLAY": ":0"}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "The glass 'touch' runs already" in answer.stderr


def tapped(bus: Bus, tap: str, *which: str) -> bool:
    """Whether it was there to be tapped; on a small glass it may stand on the next page."""
    if bus.tried("glass", "tap", tap, *which):
        return True
    bus.tried("glass", "tap", "more", *which)
    return False
