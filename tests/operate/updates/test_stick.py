"""An update on a stick: copied whole or not at all, told of, and installed if it is signed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from hardware.stick.fake import FakeStick
from hardware.stick.port import Unusable
from kiosk.devices.stick_words import STICK_WORDS
from kiosk.domain.stick import StickState
from kiosk.operate.updates.install import install_incoming
from kiosk.operate.updates.record import UpdateState, read_record
from kiosk.operate.updates.slots import Bundle
from kiosk.operate.updates.stick import take_update
from tests.operate.updates.firmware import Machine

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.stick.port import Stick


class Told:
    """What staff are told, and whether the counts were called off."""

    def __init__(self) -> None:
        self.states: list[StickState] = []
        self.claimed = False

    def claim(self) -> None:
        self.claimed = True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    return tmp_path / "incoming"


def _take(stick: Stick, incoming: Path) -> Told:
    told = Told()
    take_update(stick, incoming, told.states.append, told.claim, lambda _stick: None)
    assert told.claimed == bool(told.states)
    return told


def test_the_newest_is_copied_and_staff_hear_when_to_pull(folder: Path, incoming: Path) -> None:
    for version in ("0.9.0", "0.10.0"):
        (folder / f"radhaus-{version}_amd64.raucb").write_text(version, encoding="utf-8")
    told = _take(FakeStick(folder), incoming)
    assert [path.read_text(encoding="utf-8") for path in incoming.iterdir()] == ["0.10.0"]
    states = [StickState.READING_UPDATE, StickState.UPDATE_READ, StickState.GONE]
    assert told.states == states
    assert "abziehen" in STICK_WORDS[StickState.UPDATE_READ]


@pytest.mark.parametrize("name", ["update.raucb", "radhaus-1.zip", "radhaus- 1.raucb"])
def test_a_stick_without_one_is_left_to_the_counts(folder: Path, incoming: Path, name: str) -> None:
    (folder / name).touch()
    stick = FakeStick(folder)
    assert _take(stick, incoming).states == []
    assert not stick.mounted


def test_a_stick_that_cannot_be_read_is_left_to_the_counts(folder: Path, incoming: Path) -> None:
    assert _take(FakeStick(folder, Unusable.FORMAT), incoming).states == []


def test_one_that_is_pulled_amid_reading_leaves_nothing_to_install(
    folder: Path, incoming: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "radhaus-1.0_amd64.raucb").write_bytes(b"x" * 100)
    stick = FakeStick(folder)

    def pulled(*_: object) -> None:
        stick.pull()
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(shutil, "copyfileobj", pulled)
    assert _take(stick, incoming).states[1] is StickState.PULLED
    assert list(incoming.iterdir()) == []


def test_what_is_no_update_is_refused_and_does_not_lie_about(
    incoming: Path, tmp_path: Path
) -> None:
    incoming.mkdir()
    (incoming / "radhaus-2_amd64.raucb").touch()
    (incoming / "radhaus-1_amd64.raucb.new").touch()
    machine, record, said = Machine({"a": "1", "b": "0"}), tmp_path / "record.json", list[str]()
    install_incoming(record, "1", incoming, machine, said.append)
    known = read_record(record)
    assert known
    assert known.state is UpdateState.WAITING
    assert list(incoming.iterdir()) == []
    (incoming / "radhaus-3_amd64.raucb").touch()
    machine.offered = Bundle("1", "radhaus-amd64")
    install_incoming(record, "1", incoming, machine, said.append)
    assert "only a newer one" in said[-1]
    assert read_record(record) == known, "the one that waits is told of still"
    assert list(incoming.iterdir()) == []


def test_one_that_nobody_trusted_signed_is_told_with_its_name(
    incoming: Path, tmp_path: Path
) -> None:
    incoming.mkdir()
    (incoming / "radhaus-2_amd64.raucb").touch()
    machine, record = Machine({"a": "1", "b": "0"}, trusted=False), tmp_path / "record.json"
    install_incoming(record, "1", incoming, machine, lambda _said: None)
    known = read_record(record)
    assert known
    assert (known.state, known.version) == (UpdateState.REFUSED, "radhaus-2_amd64.raucb")
    assert "signature" in known.reason
