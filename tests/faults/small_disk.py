"""Disks that are small or break, for real: a tmpfs, and an ext4 on a loop device. Needs root."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_MB = 1024**2
ONLY_WITH_SYS = (
    "Tested only where the system shows `/sys/fs/ext4`, through which an ext4 is made to fail:"
    " on a machine of its own, not in most containers."
)


@contextmanager
def tmpfs(folder: Path, size_mb: int) -> Iterator[Path]:
    """A file system in memory while the block runs."""
    with _mounted(folder, "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs"):
        yield folder


@contextmanager
def ext4(folder: Path, size_mb: int) -> Iterator[Path]:
    """An ext4 that refuses to write from its first error on, as on a card."""
    image = folder.with_suffix(".img")
    with image.open("wb") as file:
        file.truncate(size_mb * _MB)
    subprocess.run(["/usr/sbin/mkfs.ext4", "-q", "-F", image], check=True)
    with _mounted(folder, "-o", "loop,errors=remount-ro", str(image)):
        if not _trigger(folder).exists():
            pytest.skip(ONLY_WITH_SYS)
        yield folder


def fail(folder: Path) -> None:
    """Let the ext4 meet an error, as a worn card causes one."""
    _trigger(folder).write_text("1")


def _trigger(folder: Path) -> Path:
    device = folder.stat().st_dev
    name = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}").resolve().name
    return Path(f"/sys/fs/ext4/{name}/trigger_fs_error")


def fill(folder: Path) -> Path:
    """A file that takes all room; delete it to have room again."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for step in (_MB, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * step)
            except OSError:
                continue
    return ballast


@contextmanager
def _mounted(folder: Path, *words: str) -> Iterator[None]:
    folder.mkdir()
    done = subprocess.run(["mount", *words, folder], check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"Nothing can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
