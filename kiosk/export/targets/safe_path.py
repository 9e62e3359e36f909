"""Opens folders by openat, step by step, following no symbolic link on the way.

Every step is taken from a folder that is open already, so that none can be exchanged for a link
in between.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.export.errors import export_error

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_STEP = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW


@contextmanager
def open_at(name: str, flags: int, folder: int | None = None) -> Iterator[int]:
    """A file or folder within an open folder; the number is good until the end of the block."""
    descriptor = os.open(name, flags, dir_fd=folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def open_folder(target: Path) -> Iterator[int]:
    """The target folder, open; missing folders on the way are made.

    An `OSError` inside the block becomes an `ExportError` about the target.
    """
    root, *parts = target.absolute().parts
    path = Path(root)
    folder = os.open(root, _STEP)
    try:
        for part in parts:
            path /= part
            with _as_export_error(path):
                below = _step(folder, part)
            os.close(folder)
            folder = below
        with _as_export_error(path), open_at(".", FOLDER_FLAGS, folder) as descriptor:
            yield descriptor
    finally:
        os.close(folder)


def _step(folder: int, part: str) -> int:
    with suppress(FileNotFoundError):
        return _open_step(folder, part)
    with suppress(FileExistsError):  # made by another process in between
        os.mkdir(part, dir_fd=folder)
    with open_at(".", FOLDER_FLAGS, folder) as above:
        os.fsync(above)
    return _open_step(folder, part)


def _open_step(folder: int, part: str) -> int:
    try:
        return os.open(part, _STEP, dir_fd=folder)
    except NotADirectoryError:
        if stat.S_ISLNK(os.stat(part, dir_fd=folder, follow_symlinks=False).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None
        raise


@contextmanager
def _as_export_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise export_error(path, error) from error
