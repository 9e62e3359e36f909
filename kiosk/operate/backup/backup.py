"""Backup: a numbered, encrypted file in a folder, complete or not at all; old ones go."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from kiosk.export.targets.safe_path import open_folder
from kiosk.operate.backup.archive import Manifest, pack
from kiosk.operate.backup.encryption import encrypt
from kiosk.operate.backup.errors import NoRecipient
from kiosk.service import access

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.wiring import Kiosk

NAME: Final = re.compile(r"(?P<device>.+)_(?P<number>[0-9]{6,})_[0-9]{4}-[0-9]{2}-[0-9]{2}\.age")
_UNFINISHED = ".radhaus-backup-unfinished"


def back_up(box: Kiosk, folder: Path, keep: int | None = None) -> Path:
    """Write a backup of a box into a folder, be it on a stick; of its older ones `keep` stay.

    Numbers go up, since the clock of a box in a field may not be set. Raises `NoRecipient`,
    `StoreError`, `ExportError`.
    """
    recipient = box.config.backup.recipient
    if not recipient:
        raise NoRecipient
    now = box.now()
    device = access.device_id(box.office.database)
    manifest = Manifest(device, box.office.profile.id, now.wall, now.trusted)
    content = encrypt(pack(box.paths, manifest), recipient)
    with open_folder(folder) as target:
        _remove_unfinished(target)
        numbers = numbers_of(device, _names_in(target))
        name = f"{device}_{max(numbers.values(), default=0) + 1:06d}_{now.wall:%Y-%m-%d}.age"
        _write(target, name, content)
        if keep is not None:
            _remove_older(target, device, keep)
    return folder / name


def numbers_of(device: str, names: list[str]) -> dict[str, int]:
    """The backups of a device among the files of a folder, with their numbers."""
    found = {name: NAME.fullmatch(name) for name in names}
    return {
        name: int(parts["number"])
        for name, parts in found.items()
        if parts and parts["device"] == device
    }


def newest(folder: Path) -> Path | None:
    """The backup that was written last, of whatever device."""
    with suppress(FileNotFoundError):
        files = [path for path in folder.iterdir() if NAME.fullmatch(path.name)]
        return max(files, key=lambda path: path.stat().st_mtime, default=None)
    return None


def _names_in(folder: int) -> list[str]:
    return os.listdir(folder)


def _write(folder: int, name: str, content: bytes) -> None:
    unfinished = f".{name}{_UNFINISHED}"

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | os.O_NOFOLLOW, mode=0o660, dir_fd=folder)

    with open(unfinished, "xb", opener=opener) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.rename(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)
    os.fsync(folder)


def _remove_unfinished(folder: int) -> None:
    """What a torn run has left; one backup runs at a time, by its unit."""
    for name in _names_in(folder):
        if name.endswith(_UNFINISHED):
            os.unlink(name, dir_fd=folder)


def _remove_older(folder: int, device: str, keep: int) -> None:
    numbers = numbers_of(device, _names_in(folder))
    for name in sorted(numbers, key=numbers.__getitem__)[:-keep]:
        os.unlink(name, dir_fd=folder)
