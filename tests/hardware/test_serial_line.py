"""The serial line that all wired drivers share, against real pseudo-terminals."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from hardware.errors import CannotOpen, DeviceBusy, DeviceClosed, DeviceLost, DeviceSilent
from hardware.serial_line import SerialLine
from hardware.serial_names import fitting
from tests.emulators.line import EmulatedLine, plugged_in
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Echo:
    """Answers with what it has heard."""

    def hear(self, received: bytes) -> bytes:
        return received


@pytest.fixture
def far(tmp_path: Path) -> Iterator[EmulatedLine]:
    with plugged_in(Echo(), tmp_path / "by-id" / "usb-Echo_1-if00") as line:
        yield line


@pytest.fixture
def near(far: EmulatedLine) -> Iterator[SerialLine]:
    line = SerialLine("printer", str(far.port.parent / "usb-Echo*"), 9600)
    yield line
    line.close()


def read_all(line: SerialLine, count: int) -> bytes:
    received = b""
    while len(received) < count:
        received += line.read(PATIENCE_S) or pytest.fail(f"only {received!r}")
    return received


def test_every_byte_goes_through_unchanged(near: SerialLine) -> None:
    near.open()
    near.write(bytes(range(256)), within_s=1)
    assert read_all(near, 256) == bytes(range(256))


def test_a_line_is_found_again_under_another_number(far: EmulatedLine, near: SerialLine) -> None:
    near.open()
    before = far.port.readlink()
    held = os.open(before, os.O_RDWR | os.O_NOCTTY)  # so that the next one gets another number
    far.pull()
    with pytest.raises(DeviceLost):
        near.write(b"x", within_s=1)
    with pytest.raises(CannotOpen, match="there is no"):
        near.open()
    far.plug_in()
    near.open()
    near.write(b"back", within_s=1)
    assert read_all(near, 4) == b"back"
    os.close(held)


def test_two_lines_that_fit_are_one_too_many(far: EmulatedLine, near: SerialLine) -> None:
    with (
        plugged_in(Echo(), far.port.with_name("usb-Echo_2-if00")),
        pytest.raises(CannotOpen, match=r"Echo_1.* and .*Echo_2.*name one"),
    ):
        near.open()


def test_a_line_belongs_to_one_program(near: SerialLine) -> None:
    near.open()
    other = SerialLine("scanner", near._port, 9600)  # noqa: SLF001 - the same line
    with pytest.raises(DeviceBusy, match="another program"):
        other.open()


def test_a_device_that_takes_nothing_is_silent_and_not_waited_for(
    far: EmulatedLine, near: SerialLine
) -> None:
    far.faults.stalls = True
    near.open()
    began_s = time.monotonic()
    with pytest.raises(DeviceSilent):
        near.write(bytes(1_000_000), within_s=0.1)
    assert time.monotonic() - began_s < PATIENCE_S


def test_a_plug_pulled_in_the_middle_is_reported(far: EmulatedLine, near: SerialLine) -> None:
    near.open()
    far.faults.hangs_up_after = 10
    near.write(bytes(20), within_s=1)
    eventually(lambda: not far.port.is_symlink())
    with pytest.raises(DeviceLost):
        near.read(1)


def test_chatter_before_a_question_is_dropped(far: EmulatedLine, near: SerialLine) -> None:
    near.open()
    far.say(b"noise")
    eventually(lambda: far.unread() == len(b"noise"))
    near.forget_received()
    assert near.read(0.05) == b""


def test_what_is_not_a_line_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "file", tmp_path / "pipe", tmp_path, "/dev/null"):
        with pytest.raises(CannotOpen, match=rf"opened: {path} is no serial line\.$"):
            SerialLine("printer", str(path), 9600).open()


@pytest.mark.parametrize("port", ["", "usb-Echo_1-if00", "**", "/"])
def test_only_a_path_from_the_root_is_a_port(
    far: EmulatedLine, port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(far.port.parent)
    with pytest.raises(CannotOpen, match="there is no"):
        SerialLine("printer", port, 9600).open()


def test_a_star_stays_in_its_folder(far: EmulatedLine) -> None:
    folder = far.port.parent.parent
    assert [*fitting(f"{folder}/*/usb-*")] == [far.port]
    assert [*fitting("/by-id/usb-*", folder)] == [far.port]
    assert [*fitting(f"{folder}/**")] == [far.port.parent]
    assert not fitting("by-id/usb-*", folder)


def test_nothing_goes_over_a_closed_line(near: SerialLine) -> None:
    with pytest.raises(DeviceClosed):
        near.write(b"x", within_s=1)
    near.close()
