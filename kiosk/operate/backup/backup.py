"""Backup: a numbered, encrypted file in a folder, complete or not at all; old ones go."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kiosk.export.targets.safe_path import open_folder
from kiosk.operate.backup.archive import BackupManifest, pack
from kiosk.operate.backup.backup_files import (
    names_in,
    numbers_of,
    remove_unfinished,
    write_whole,
)
from kiosk.operate.backup.encryption import encrypt
from kiosk.operate.backup.errors import NoRecipient
from kiosk.service import access

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.wiring.box import Kiosk


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
    manifest = BackupManifest(device, box.office.profile.id, now.wall, now.trusted)
    content = encrypt(pack(box.paths, manifest), recipient)
    with open_folder(folder) as target:
        remove_unfinished(target)
        numbers = numbers_of(device, names_in(target))
        name = f"{device}_{max(numbers.values(), default=0) + 1:06d}_{now.wall:%Y-%m-%d}.age"
        write_whole(target, name, content)
        if keep is not None:
            _remove_older(target, device, keep)
    return folder / name


def _remove_older(folder: int, device: str, keep: int) -> None:
    numbers = numbers_of(device, names_in(folder))
    for name in sorted(numbers, key=numbers.__getitem__)[:-keep]:
        os.unlink(name, dir_fd=folder)
