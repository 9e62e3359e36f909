"""RAUC itself, with a Raspberry Pi's settings and backend, asked as the product asks it."""

from __future__ import annotations

import socket
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from kiosk.operate.updates.slots import RaucFailed, RaucSlots
from tests.operate.updates.raspberry_pi import BACKEND, IMAGE, LAYER, RaspberryPi
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUS = """\
<busconfig><type>session</type><listen>unix:path={bus}</listen>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>
"""
_NEWER = ("min-bundle-version", "use-bundle-signing-time")
"""Settings that Debian 12's RAUC does not know."""


@pytest.fixture
def pi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RaspberryPi]:
    """With a system bus of its own."""
    pi = RaspberryPi.new({"a": "1", "b": "2"}, tmp_path)
    for name, value in pi.environment.items():
        monkeypatch.setenv(name, value)
    bus, settings = tmp_path / "bus", tmp_path / "bus.conf"
    settings.write_text(BUS.format(bus=bus), encoding="utf-8")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={bus}")
    with _running("dbus-daemon", "--nofork", f"--config-file={settings}"):
        eventually(lambda: _listens(bus), "a system bus")
        yield pi


def _listens(bus: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        return line.connect_ex(str(bus)) == 0


@contextmanager
def _running(*command: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _slots(pi: RaspberryPi) -> Iterator[RaucSlots]:
    """As the slot that runs has them: its own service, and what the image tells it."""
    text = "".join((folder / "rauc.conf").read_text() for folder in (IMAGE, LAYER))
    for old, new in (
        ("/dev/disk/by-partlabel", str(pi.folder)),
        ("/data/updates", str(pi.folder)),
        ("/usr/libexec/radhaus/boot-slots", str(BACKEND)),
        ("@COMPATIBLE@", "radhaus-raspberry-pi"),
    ):
        assert old in text
        text = text.replace(old, new)
    lines = [line for line in text.splitlines() if not line.startswith(_NEWER)]
    settings = pi.folder / "system.conf"
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    slots = RaucSlots()
    with _running("rauc", f"--conf={settings}", f"--override-boot-slot={pi.running}", "service"):
        eventually(lambda: _answers(slots))
        yield slots


def _answers(slots: RaucSlots) -> bool:
    try:
        slots.runs_on_trial()
    except RaucFailed:
        return False
    return True


def test_rauc_tries_the_other_slot_and_keeps_it_by_the_backend(pi: RaspberryPi) -> None:
    with _slots(pi) as slots:
        assert not slots.runs_on_trial()
        slots.try_other_slot()
    assert pi.restart() == "2"
    with _slots(pi) as slots:
        assert slots.runs_on_trial()
        slots.keep_running_slot()
    assert pi.switch_on() == "2"
    with _slots(pi) as slots:
        assert not slots.runs_on_trial()


def test_a_slot_that_was_not_kept_is_left_by_the_next_start(pi: RaspberryPi) -> None:
    with _slots(pi) as slots:
        slots.try_other_slot()
    pi.restart()
    assert pi.restart() == "1"
    with _slots(pi) as slots:
        assert not slots.runs_on_trial()
