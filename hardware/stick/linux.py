"""Driver: a partition that the kernel knows, mounted by util-linux with the right to mount.

A stick may have been made by a stranger: the kernel's drivers for other file systems than FAT and
exFAT are never let near it, and a file system that was not closed properly is left as it is.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Final

from hardware.stick.port import StickUnusable, Unusable

if TYPE_CHECKING:
    from pathlib import Path

READABLE: Final = ("vfat", "exfat")
_COMMAND_S: Final = 30.0
_SECTOR: Final = 512

# Where each keeps "not closed properly": FAT12 and FAT16, FAT32, exFAT.
_FAT16_FLAGS, _FAT32_FLAGS, _EXFAT_FLAGS = 0x25, 0x41, 0x6A
_FAT_DIRTY, _EXFAT_DIRTY = 0x01, 0x02


class LinuxStick:
    """`/dev/sda1`, mounted at a place as if all on it belonged to one user.

    One that is only read may be write-protected, or may have been pulled out too early.
    """

    def __init__(
        self, device: Path, place: Path, *, uid: int, gid: int, read_only: bool = False
    ) -> None:
        self._device, self._place, self._uid, self._gid = device, place, uid, gid
        self._read_only = read_only

    def mount(self) -> Path:
        self._refuse_own_disk()
        system = self._file_system()
        if not self._read_only:
            self._refuse_unwritable(system)
        # sync: a stick that is pulled too early loses little, and that is told at once.
        options = (
            f"{'ro' if self._read_only else 'rw,sync'},nosuid,nodev,noexec"
            f",uid={self._uid},gid={self._gid},umask=0077"
            f"{',errors=remount-ro' if system == 'vfat' else ''}"
        )
        words = ("mount", "--types", system, "--options", options)
        mounted = self._run(*words, self._device, self._place)
        if "busy" in mounted.stderr:  # a stick's only partition may look like the whole stick
            raise StickUnusable(Unusable.IN_USE, "another service has it")
        if mounted.returncode:
            raise StickUnusable(Unusable.BROKEN, "it cannot be mounted")
        return self._place

    def unmount(self) -> None:
        if self._run("umount", self._place).returncode:
            self._run("umount", "--lazy", self._place)

    def is_there(self) -> bool:
        return self._device.exists()

    def _refuse_unwritable(self, system: str) -> None:
        if self._ask("lsblk", "--noheadings", "--nodeps", "--output", "RO", self._device) == "1":
            raise StickUnusable(Unusable.PROTECTED, "it is write-protected")
        if self._dirty(system):
            raise StickUnusable(Unusable.DIRTY, "it was pulled out before it was ready")

    def _refuse_own_disk(self) -> None:
        """A Raspberry Pi may start from a USB disk, whose first partition looks like a stick."""
        disk = self._ask("lsblk", "--noheadings", "--nodeps", "--output", "PKNAME", self._device)
        whole = self._device.with_name(disk) if disk else self._device
        if self._ask("lsblk", "--noheadings", "--output", "MOUNTPOINTS", whole):
            raise StickUnusable(Unusable.IN_USE, "its disk is in use by this machine")

    def _file_system(self) -> str:
        words = ("blkid", "--probe", "--match-tag", "TYPE", "--output", "value", self._device)
        system = self._ask(*words) or "none that is known"
        if system not in READABLE:
            raise StickUnusable(
                Unusable.FORMAT, f"its file system is {system}; a stick needs FAT32 or exFAT"
            )
        return system

    def _dirty(self, system: str) -> bool:
        """Whether it was not closed properly. Its first sector says so; nothing else is parsed."""
        try:
            with self._device.open("rb", buffering=0) as device:
                sector = device.read(_SECTOR)
        except OSError as error:
            raise StickUnusable(Unusable.BROKEN, "it cannot be read") from error
        if len(sector) < _SECTOR:
            raise StickUnusable(Unusable.BROKEN, "it has no first sector")
        if system == "exfat":
            return bool(sector[_EXFAT_FLAGS] & _EXFAT_DIRTY)
        fat32 = sector[22:24] == b"\0\0"  # sectors of a FAT, which FAT32 tells elsewhere
        return bool(sector[_FAT32_FLAGS if fat32 else _FAT16_FLAGS] & _FAT_DIRTY)

    def _ask(self, *command: str | Path) -> str:
        return self._run(*command).stdout.strip()

    @staticmethod
    def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                command,
                capture_output=True,
                text=True,
                check=False,
                timeout=_COMMAND_S,
                env={**os.environ, "LC_ALL": "C"},
            )
        except subprocess.TimeoutExpired as error:
            raise StickUnusable(Unusable.BROKEN, "it does not answer") from error
