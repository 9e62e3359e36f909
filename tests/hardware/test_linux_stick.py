"""The driver of a plugged stick, on a PATH whose programs only take notes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hardware.stick.linux import LinuxStick
from hardware.stick.port import StickUnusable, Unusable

if TYPE_CHECKING:
    from pathlib import Path

FAT16, FAT32, EXFAT = "fat16", "fat32", "exfat"


@dataclass
class Bench:
    """A PATH on which a machine with one stick is played."""

    folder: Path

    def program(self, name: str, script: str = "") -> None:
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho {name} "$@" >> {self.folder}/notes\n{script}\n')
        path.chmod(0o755)

    def stick(self) -> LinuxStick:
        return LinuxStick(self.folder / "sda1", self.folder / "place", uid=994, gid=995)

    def format(self, kind: str = FAT32, *, dirty: bool = False) -> None:
        """The first sector of a file system, as its makers describe it."""
        sector = bytearray(512)
        flag, bit = {FAT16: (0x25, 1), FAT32: (0x41, 1), EXFAT: (0x6A, 2)}[kind]
        sector[22] = 1 if kind == FAT16 else 0
        sector[flag] = bit if dirty else 0
        (self.folder / "sda1").write_bytes(bytes(sector))
        self.program("blkid", f"echo {'exfat' if kind == EXFAT else 'vfat'}")

    def notes(self, program: str) -> list[str]:
        lines = (self.folder / "notes").read_text().splitlines()
        return [line for line in lines if line.split()[0] == program]

    def refusal(self) -> Unusable:
        """Why it is not mounted."""
        with pytest.raises(StickUnusable) as refused:
            self.stick().mount()
        return refused.value.why


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    bench = Bench(tmp_path)
    bench.program("lsblk", 'case "$*" in *PKNAME*) echo sda ;; *RO*) echo 0 ;; esac')
    for name in ("mount", "umount"):
        bench.program(name)
    bench.format()
    return bench


@pytest.mark.parametrize("kind", [FAT16, FAT32, EXFAT])
def test_a_stick_is_mounted_harmlessly_for_one_user_and_let_go(bench: Bench, kind: str) -> None:
    bench.format(kind)
    stick = bench.stick()
    assert stick.mount() == bench.folder / "place"
    (mounted,) = bench.notes("mount")
    options = {"nosuid", "nodev", "noexec", "sync", "uid=994", "gid=995", "umask=0077"}
    assert options <= set(mounted.split()[4].split(","))
    stick.unmount()
    assert bench.notes("umount") == [f"umount {bench.folder}/place"]


def test_a_stick_pulled_out_too_early_holds_nothing_up(bench: Bench) -> None:
    bench.program("umount", '[ "$1" = --lazy ]')
    stick = bench.stick()
    stick.mount()
    (bench.folder / "sda1").unlink()
    assert not stick.is_there()
    stick.unmount()
    assert [line.split()[1] for line in bench.notes("umount")][1] == "--lazy"


def test_the_disk_that_the_machine_runs_from_is_left_alone(bench: Bench) -> None:
    bench.program(
        "lsblk", 'case "$*" in *PKNAME*) echo sda ;; *MOUNT*) echo; echo /boot/firmware ;; esac'
    )
    assert bench.refusal() is Unusable.IN_USE


@pytest.mark.parametrize("answer", ["echo ntfs", "echo BitLocker", "echo ext4", "exit 2"])
def test_other_file_systems_are_never_mounted(bench: Bench, answer: str) -> None:
    bench.program("blkid", answer)
    assert bench.refusal() is Unusable.FORMAT


def test_a_write_protected_stick(bench: Bench) -> None:
    bench.program("lsblk", 'case "$*" in *PKNAME*) echo sda ;; *RO*) echo 1 ;; esac')
    assert bench.refusal() is Unusable.PROTECTED


@pytest.mark.parametrize("kind", [FAT16, FAT32, EXFAT])
def test_a_file_system_that_was_not_closed_properly_is_left_as_it_is(
    bench: Bench, kind: str
) -> None:
    bench.format(kind, dirty=True)
    assert bench.refusal() is Unusable.DIRTY


@pytest.mark.parametrize("breaks", ["mount", "read", "short"])
def test_a_broken_stick(bench: Bench, breaks: str) -> None:
    match breaks:
        case "mount":
            bench.program("mount", "exit 32")
        case "read":
            (bench.folder / "sda1").unlink()
        case "short":
            (bench.folder / "sda1").write_bytes(b"\xeb\x3c")
    assert bench.refusal() is Unusable.BROKEN


def test_a_stick_that_another_service_serves_is_left_to_it(bench: Bench) -> None:
    """A stick formatted as a whole may look like a partition as well."""
    bench.program("mount", "echo 'mount: /dev/sda1 already mounted or busy.' >&2; exit 32")
    assert bench.refusal() is Unusable.IN_USE
