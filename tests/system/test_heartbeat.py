"""A sign of life that proves a loop that turns, and costs nothing to write."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.system.heartbeat import PANEL, SILENT_AFTER_S, Heartbeat, door_seen, doors_seen
from kiosk.system.paths import Paths
from tests.waiting import eventually

BEATING = """
import sys, time
from pathlib import Path
from kiosk.system.heartbeat import Heartbeat
from kiosk.system.paths import Paths
heart = Heartbeat(Paths(Path(sys.argv[1])), "panel")
while True:
    heart.beat()
    time.sleep(0.1)
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@contextmanager
def beating(paths: Paths) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", BEATING, str(paths.data)]) as door:
        try:
            eventually(lambda: (seen := door_seen(paths, PANEL)) and seen.alive, "a heartbeat")
            yield door
        finally:
            door.kill()


def test_of_a_door_that_was_never_open_nothing_is_known(paths: Paths) -> None:
    assert door_seen(paths, PANEL) is None
    assert doors_seen(paths) == []


def test_a_heartbeat_ends_with_its_process(paths: Paths) -> None:
    with beating(paths) as door:
        door.kill()
        door.wait()
        assert [(seen.door, seen.age_s) for seen in doors_seen(paths)] == [(PANEL, None)]


def test_it_gets_old_when_the_process_is_stopped(paths: Paths) -> None:
    with beating(paths) as door:
        os.kill(door.pid, signal.SIGSTOP)
        before = door_seen(paths, PANEL)
        time.sleep(0.05)  # nothing can be waited for: it must only get older
        after = door_seen(paths, PANEL)
        assert before
        assert after
        assert (before.age_s or 0) < (after.age_s or 0)
        os.kill(door.pid, signal.SIGCONT)
        eventually(lambda: (seen := door_seen(paths, PANEL)) and (seen.age_s or 9) < 1, "it again")


def test_an_old_one_is_silent(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    heart = Heartbeat(paths, PANEL)
    heart.beat()
    later = time.monotonic() + SILENT_AFTER_S + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    seen = door_seen(paths, PANEL)
    assert seen
    assert not seen.alive
    assert seen.sentence == "has not answered for 11 s"
    heart.beat()
    assert (fresh := door_seen(paths, PANEL))
    assert fresh.alive
    heart.close()


def test_it_writes_nothing(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    heart = Heartbeat(paths, PANEL)
    heart.beat()
    facts = paths.heartbeat(PANEL).stat()
    later = time.monotonic() + SILENT_AFTER_S
    monkeypatch.setattr(time, "monotonic", lambda: later)
    heart.beat()
    assert (seen := door_seen(paths, PANEL))
    assert seen.age_s == pytest.approx(0, abs=0.001)
    assert paths.heartbeat(PANEL).stat() == facts
    assert facts.st_size == 0
    heart.close()


def test_a_door_works_without_a_writable_heartbeat(paths: Paths) -> None:
    paths.data.mkdir()
    paths.runtime.write_text("no folder")
    Heartbeat(paths, PANEL).beat()
    assert doors_seen(paths) == []
