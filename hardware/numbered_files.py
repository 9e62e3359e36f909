"""Numbered output files of the stand-ins, in the order of writing."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

from hardware.errors import DeviceLost, DeviceStopped
from hardware.trouble import Trouble

if TYPE_CHECKING:
    from pathlib import Path

ROOM_BYTES = 2**20
"""A disk with less is full: the longest sound has about as much."""

_FULL = {errno.ENOSPC, errno.EDQUOT}


class NumberedFiles:
    """`slip-000001.png` and so on, after what lies there; the folder must exist.

    A file is there as a whole or not at all. Every call may raise `OSError`.
    """

    def __init__(self, folder: Path, name: str, ending: str) -> None:
        self._folder = folder
        self._name = name
        self._ending = ending

    def write(self, content: bytes) -> None:
        """Under another name first, so that half a file is never seen; durable when it returns."""
        unfinished = self._folder / f"{os.getpid()}.part"
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        number = max(self._all(), default=0) + 1
        while not self._is_free(unfinished, number):
            number += 1
        unfinished.unlink()
        self._sync_folder()

    def keep_newest(self, most: int) -> None:
        """Delete the older ones."""
        files = self._all()
        for number in sorted(files)[: max(0, len(files) - most)]:
            files[number].unlink(missing_ok=True)

    def forget(self) -> None:
        """Delete them all, and what a killed process has left unfinished."""
        self.keep_newest(0)
        for unfinished in self._folder.glob("*.part"):
            unfinished.unlink(missing_ok=True)

    def _all(self) -> dict[int, Path]:
        found = self._folder.glob(f"{self._name}-*.{self._ending}")
        numbered = ((path.stem.removeprefix(f"{self._name}-"), path) for path in found)
        return {int(number): path for number, path in numbered if number.isdecimal()}

    def _is_free(self, finished: Path, number: int) -> bool:
        """Give the file its name, unless a self-test from another process has it already."""
        try:
            (self._folder / f"{self._name}-{number:06}.{self._ending}").hardlink_to(finished)
        except FileExistsError:
            return False
        return True

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def require_room(device: str, folder: Path) -> None:
    """Raise `DeviceStopped` while the disk is full, `DeviceLost` when the folder is gone."""
    try:
        free_bytes = shutil.disk_usage(folder).free
    except OSError as error:
        raise write_error(device, folder, error) from error
    if free_bytes < ROOM_BYTES:
        raise DeviceStopped(device, Trouble.DISK_FULL)


def write_error(device: str, folder: Path, error: OSError) -> DeviceLost:
    """A stand-in whose file could not be written, as the panel is to be told."""
    if error.errno in _FULL:
        return DeviceStopped(device, Trouble.DISK_FULL)
    return DeviceLost(device, f"{folder}: {error.strerror}")
