"""Replacement of a data folder's files by those of a backup: all of them or none.

They are made ready in a folder beside. Its rename to `Paths.restored` is the commit: whatever opens
the data folder afterwards moves them into place first, also after a power cut in between.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kiosk.store.backup_copy import release
from kiosk.store.errors import DatabaseReadOnly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.system.paths import Paths

_NONE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)  # nothing there, or something that is no folder


def commit_replacement(paths: Paths, ready: Path) -> None:
    """Put the files that lie in `ready` in the place of the present ones.

    Raises `DatabaseInUse` before anything is changed.
    """
    release(paths.database)
    sync_folder(ready)
    ready.rename(paths.restored)
    sync_folder(paths.data)
    finish_replacement(paths)


def finish_replacement(paths: Paths) -> bool:
    """Move committed files into place; whether there were any. Raises `StoreError`."""
    try:
        folder = os.open(paths.restored, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno in _NONE:  # nearly always
            return False
        raise DatabaseReadOnly(paths.restored, f"cannot be read ({error.strerror})") from error
    with _locked(folder):
        for file in _left_in(paths.restored):
            place = paths.data / file.name
            if place == paths.database:
                release(place)
            elif place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            file.replace(place)
        sync_folder(paths.data)
        with suppress(FileNotFoundError):
            paths.restored.rmdir()
    return True


def sync_folder(folder: Path) -> None:
    """Names in a folder reach the disk apart from the files."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _left_in(folder: Path) -> list[Path]:
    """In one order for all; gone when another process was faster."""
    with suppress(FileNotFoundError):
        return sorted(folder.iterdir())
    return []


@contextmanager
def _locked(folder: int) -> Iterator[None]:
    """Services start together, and one of them moves."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
