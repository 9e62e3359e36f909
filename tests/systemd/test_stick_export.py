"""The script behind a plugged stick, on a PATH whose programs only take notes."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.operate.provisioning.plan import SHIPPED


@dataclass
class Bench:
    """A PATH on which a machine with one stick is played."""

    folder: Path

    def program(self, name: str, script: str = "") -> None:
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho {name} "$@" >> {self.folder}/notes\n{script}\n')
        path.chmod(0o755)

    def plug(self) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "RUNTIME_DIRECTORY": "/run/stick",
        }
        return subprocess.run(
            [SHIPPED / "stick-export", "/dev/sda1"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def notes(self, program: str) -> list[str]:
        lines = (self.folder / "notes").read_text().splitlines()
        return [line for line in lines if line.split()[0] == program]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.program("lsblk", 'case "$*" in *PKNAME*) echo sda ;; esac')
    bench.program("blkid", "echo vfat")
    bench.program("id", "echo 994")
    for name in ("mount", "umount", "setpriv"):
        bench.program(name)
    return bench


def test_a_stick_is_mounted_harmlessly_written_by_nobody_special_and_let_go(bench: Bench) -> None:
    assert bench.plug().returncode == 0

    (mounted,) = bench.notes("mount")
    assert {"nosuid", "nodev", "noexec", "sync", "umask=0077"} <= set(mounted.split()[4].split(","))
    assert bench.notes("setpriv") == [
        "setpriv --reuid=kiosk-export --regid=kiosk --clear-groups kiosk export --to /run/stick"
    ]
    assert bench.notes("umount") == ["umount /run/stick"]


def test_a_stick_is_let_go_when_the_export_fails(bench: Bench) -> None:
    bench.program("setpriv", "echo 'kiosk: no space left' >&2; exit 1")
    done = bench.plug()

    assert (done.returncode, done.stderr) == (1, "kiosk: no space left\n")
    assert bench.notes("umount") == ["umount /run/stick"]


def test_a_stick_pulled_out_too_early_holds_nothing_up(bench: Bench) -> None:
    bench.program("umount", '[ "$1" = --lazy ]')
    bench.plug()
    assert bench.notes("umount") == ["umount /run/stick", "umount --lazy /run/stick"]


def test_the_disk_that_the_machine_runs_from_is_left_alone(bench: Bench) -> None:
    bench.program(
        "lsblk", 'case "$*" in *PKNAME*) echo sda ;; *) echo; echo /boot/firmware ;; esac'
    )
    done = bench.plug()

    assert done.returncode == 1
    assert done.stderr == (
        "The disk of /dev/sda1 is in use by this machine. Nothing was written.\n"
    )
    assert not bench.notes("mount")


@pytest.mark.parametrize("answer", ["echo ext4", "exit 2"])
def test_other_file_systems_are_never_mounted(bench: Bench, answer: str) -> None:
    bench.program("blkid", answer)
    done = bench.plug()

    assert done.returncode == 1
    assert "a stick needs FAT32 or exFAT. Nothing was written." in done.stderr
    assert not bench.notes("mount")


def test_a_stick_that_cannot_be_mounted_gets_one_sentence(bench: Bench) -> None:
    bench.program("mount", "exit 32")
    done = bench.plug()

    assert (done.returncode, done.stderr) == (
        1,
        "/dev/sda1 could not be mounted. Nothing was written.\n",
    )
    assert not bench.notes("setpriv")
