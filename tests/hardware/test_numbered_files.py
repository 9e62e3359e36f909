"""What stand-ins keep of slips and sounds is whole, in order, and forgotten for good."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from hardware.errors import DeviceStopped
from hardware.numbered_files import ROOM_BYTES, NumberedFiles
from hardware.printer.file import FilePrinter
from hardware.speaker.wav import WavSpeaker
from hardware.trouble import Trouble
from tests.emulators.sound import tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("stand_in", [FilePrinter, WavSpeaker])
def test_what_a_killed_process_left_unfinished_is_forgotten_too(
    tmp_path: Path, stand_in: Callable[[Path], FilePrinter | WavSpeaker]
) -> None:
    (tmp_path / "4711.part").write_bytes(b"a whole slip, but for its name")
    device = stand_in(tmp_path)
    device.open()
    device.forget()
    assert names(tmp_path) == []


def test_nothing_else_in_the_folder_counts_or_is_deleted(tmp_path: Path) -> None:
    for other in ("slip-of-the-tongue.png", "slip-000007.txt"):
        (tmp_path / other).touch()
    files = NumberedFiles(tmp_path, "slip", "png")
    files.write(b"one")
    assert (tmp_path / "slip-000001.png").read_bytes() == b"one"
    files.forget()
    assert names(tmp_path) == ["slip-000007.txt", "slip-of-the-tongue.png"]


def test_numbers_go_on_after_the_last_one_beyond_six_digits(tmp_path: Path) -> None:
    files = NumberedFiles(tmp_path, "slip", "png")
    (tmp_path / "slip-999999.png").touch()
    files.write(b"a million")
    files.write(b"and one")
    files.keep_newest(1)
    assert names(tmp_path) == ["slip-1000001.png"]


def test_a_disk_without_room_is_reported_as_full_and_not_as_unplugged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaker = WavSpeaker(tmp_path)
    speaker.open()
    (tmp_path / f"{os.getpid()}.part").symlink_to("/dev/full")
    with pytest.raises(DeviceStopped) as stopped:
        speaker.play(tone(440, 0.05, peak=0.5))
    assert stopped.value.trouble is Trouble.DISK_FULL
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=ROOM_BYTES - 1))
    for look in (speaker.check, speaker.open):
        with pytest.raises(DeviceStopped, match="disk full"):
            look()
