"""Sticks on a real kernel: the rule, the unit with its rights, the mount, what staff are told."""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.machine.sticks import (
    BITLOCKER,
    EXFAT_IN_A_PARTITION,
    EXT2,
    FAT32,
    FAT32_IN_A_PARTITION,
    LOG,
    NTFS_IN_A_PARTITION,
    Format,
    Socket,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.box import Box


FIRST_FAT = (1 << 20) + 32 * 512
"""Of a partition that begins at 1 MiB: behind its reserved sectors."""
BROKEN_BYTES = 64 << 10
PULLS = int(os.environ.get("RADHAUS_PULLS", "5"))
LONGEST_S = 12.0
"""Longer than an emulated box takes to write a package."""


@pytest.fixture
def socket(counted_box: Box) -> Iterator[Socket]:
    """Whatever becomes of the sticks, no service of theirs fails."""
    yield Socket(counted_box)
    counted_box.guest.pull_sticks()
    counted_box.run(f"systemctl --failed | grep kiosk-export || exit 0; {LOG}; exit 1")


@pytest.mark.parametrize(
    "kind", [FAT32, FAT32_IN_A_PARTITION, EXFAT_IN_A_PARTITION], ids=["fat32", "fat32-1", "exfat-1"]
)
def test_a_prepared_stick_is_written_once_and_let_go(socket: Socket, kind: Format) -> None:
    socket.make("ours", kind, prepared=True)
    assert socket.serve("ours", "done") == ["writing", "done", "gone"]
    assert "2024-Q1" in socket.packages("ours", kind)


def test_a_stick_of_strangers_is_left_alone(socket: Socket) -> None:
    socket.make("foreign", FAT32)
    assert socket.serve("foreign", "foreign") == ["foreign", "gone"]


@pytest.mark.parametrize(
    ("kind", "word"),
    [(NTFS_IN_A_PARTITION, "ntfs"), (BITLOCKER, "BitLocker"), (EXT2, "ext2")],
    ids=["ntfs", "bitlocker", "ext2"],
)
def test_another_file_system_is_reported_and_never_mounted(
    socket: Socket, kind: Format, word: str
) -> None:
    socket.make("other", kind)
    assert socket.serve("other", "format") == ["format", "gone"]
    assert f"its file system is {word}; a stick needs FAT32 or exFAT" in socket.log()


def test_a_write_protected_stick_is_reported(socket: Socket) -> None:
    socket.make("locked", FAT32_IN_A_PARTITION, prepared=True)
    assert socket.serve("locked", "protected", protected=True) == ["protected", "gone"]
    assert socket.serve("locked", "done") == ["writing", "done", "gone"]


def test_a_stick_pulled_amid_writing_spoils_neither_the_box_nor_the_next_one(
    box: Box, socket: Socket
) -> None:
    for name in ("hasty", "calm"):
        socket.make(name, FAT32, prepared=True)
    socket.pull_amid_writing("hasty")
    assert socket.serve("calm", "done") == ["writing", "done", "gone"]
    assert socket.serve("hasty", "dirty") == ["dirty", "gone"]
    assert box.run("systemctl is-active kiosk-panel") == "active"


def test_a_full_stick_is_reported_and_keeps_what_it_has(socket: Socket) -> None:
    fill = "dd if=/dev/zero of=/run/look/photos bs=1M 2>/dev/null || :"
    socket.make("full", FAT32_IN_A_PARTITION, prepared=True, then=fill)
    assert socket.serve("full", "full")[-2:] == ["full", "gone"]


def test_a_broken_file_system_is_told_and_spoils_nothing(box: Box, socket: Socket) -> None:
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    socket.make("broken", FAT32_IN_A_PARTITION, prepared=True)
    with box.guest.stick("broken").open("r+b") as stick:
        stick.seek(FIRST_FAT)
        stick.write(random.Random(seed).randbytes(BROKEN_BYTES))
    told = socket.serve_whatever("broken")
    assert set(told) & {"broken", "dirty", "failed", "foreign"}, told
    socket.make("calm", FAT32_IN_A_PARTITION, prepared=True)
    assert socket.serve("calm", "done") == ["writing", "done", "gone"]


@pytest.mark.timeout(4 * 3600)
def test_sticks_pulled_at_any_moment_leave_nothing_behind(box: Box, socket: Socket) -> None:
    """All that is told of each ends with its going, and the next one works."""
    seed = time.time_ns()
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance = random.Random(seed)
    socket.make("fresh", FAT32_IN_A_PARTITION, prepared=True)
    fresh = box.guest.stick("fresh").read_bytes()
    told = Counter[str]()
    for _ in range(PULLS):
        box.guest.stick("hasty").write_bytes(fresh)
        states = socket.pull_at_once("hasty", chance.uniform(0.0, LONGEST_S))
        assert not states or states[-1] in {"gone", "pulled"}, states
        told[" ".join(states) or "nothing"] += 1
    sys.stdout.write(f"{told}\n")
    box.guest.stick("calm").write_bytes(fresh)
    assert socket.serve("calm", "done") == ["writing", "done", "gone"]
