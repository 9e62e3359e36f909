"""Restore: a backup becomes the data folder of this box, verified first, as a whole or not."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.counts import ledger
from kiosk.domain.errors import KioskError
from kiosk.operate.backup.archive import (
    CONFIG,
    PROFILE,
    BackupArchive,
    BackupManifest,
    NoArchive,
    unpack,
)
from kiosk.operate.backup.encryption import decrypt
from kiosk.operate.backup.errors import BackupUnreadable, RestoreImpossible, WouldOverwrite
from kiosk.settings import config
from kiosk.settings.config import ConfigErrors
from kiosk.store.backup_copy import check_copy, device_of
from kiosk.store.errors import StoreError
from kiosk.store.replacement import commit_replacement, finish_replacement, sync_folder

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.system.paths import Paths

_PROFILE_LINE = re.compile(r"^profile *=.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and the id of the box that was there before, if one was."""

    manifest: BackupManifest
    replaced: str | None


def restore(paths: Paths, file: Path, identity: Path, *, force: bool = False) -> Restored:
    """Put a backup in the place of the data folder's files.

    Raises `KeyUnusable`, `BackupUnreadable`, `WouldOverwrite`, `DatabaseInUse`,
    `RestoreImpossible`. Until everything is verified and on the disk, nothing is changed.
    """
    archive = _read(file, identity)
    try:
        paths.data.mkdir(parents=True, exist_ok=True, mode=0o770)
        finish_replacement(paths)
        ready = _make_ready(paths, archive)
        try:
            _verify(file, ready, archive.manifest)
            present = device_of(paths.database)
            if not force and (paths.database.exists() or paths.config.exists()):
                raise WouldOverwrite(paths.data, present, archive.manifest)
            commit_replacement(paths, ready)
        finally:
            shutil.rmtree(ready, ignore_errors=True)
    except OSError as error:
        raise RestoreImpossible(paths.data, error) from error
    return Restored(archive.manifest, present)


def _read(file: Path, identity: Path) -> BackupArchive:
    try:
        return unpack(decrypt(file, identity))
    except NoArchive as error:
        raise BackupUnreadable(file, str(error)) from error


def _make_ready(paths: Paths, archive: BackupArchive) -> Path:
    """The files staged beside the data folder's own, synced, with the rights of the services."""
    ready = paths.data / ".restoring"
    shutil.rmtree(ready, ignore_errors=True)
    ready.mkdir(mode=0o770)
    for name, content in archive.files.items():
        place = ready / name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o770)
        with place.open("xb") as written:
            written.write(content)
            os.fchmod(written.fileno(), 0o640 if name == CONFIG else 0o660)
            written.flush()
            os.fsync(written.fileno())
    if PROFILE in archive.files:
        _point_to_profile(ready / CONFIG, paths.data / PROFILE)
    group = paths.data.stat().st_gid
    for one in [ready, *ready.rglob("*")]:
        os.chown(one, -1, group, follow_symlinks=False)
        if one.is_dir():
            sync_folder(one)
    return ready


def _point_to_profile(settings: Path, profile: Path) -> None:
    """The operator's profile lies in the data folder from now on."""
    text = settings.read_text(encoding="utf-8")
    line = f'profile = "{profile}"'
    settings.write_text(_PROFILE_LINE.sub(lambda _: line, text, count=1), encoding="utf-8")
    with settings.open("rb") as written:
        os.fsync(written.fileno())


def _verify(file: Path, ready: Path, manifest: BackupManifest) -> None:
    try:
        config.load_config(ready / CONFIG)
        device = check_copy(ready / "kiosk.db", ledger.read)
    except StoreError as error:
        raise BackupUnreadable(file, f"the database in it: {error.reason}") from error
    except (ConfigErrors, KioskError) as error:
        raise BackupUnreadable(file, f"in it {error}".rstrip(".")) from error
    if device != manifest.device:
        raise BackupUnreadable(file, "its database is of another device than it says")
