"""Atomic writer of packages into a folder: complete or not at all, through no symbolic link.

The target may be a stick that a stranger has prepared: nothing there is believed or followed.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import stat
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from kiosk.export.errors import SomethingElseThere
from kiosk.export.targets.port import Receipt
from kiosk.export.targets.safe_path import FOLDER_FLAGS, open_at, open_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kiosk.export.package import Package

_UNFINISHED = ".radhaus-unfinished"
# Without O_NONBLOCK, a pipe that a stranger has laid there would be waited for.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class FolderTarget:
    """A folder, made if it is missing; each package is a folder of its own inside."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, package: Package) -> Receipt:
        """Write the package; where the same one lies already, nothing is to be done."""
        place = self._path.absolute() / package.name
        with open_folder(self._path) as folder:
            fcntl.flock(folder, fcntl.LOCK_EX)  # one export at a time
            _remove_unfinished(folder)
            if not _exists(folder, package.name):
                _write(folder, package)
            elif not _holds(folder, package):
                raise SomethingElseThere(place)
        return Receipt(str(place))


def _exists(folder: int, name: str) -> bool:
    with suppress(FileNotFoundError):
        os.stat(name, dir_fd=folder, follow_symlinks=False)
        return True
    return False


def _names_in(folder: int) -> list[str]:
    return os.listdir(folder)


def _remove_unfinished(folder: int) -> None:
    """What a torn run, of whatever days, has left."""
    for name in _names_in(folder):
        if name.endswith(_UNFINISHED):
            _remove(folder, name)


def _remove(folder: int, name: str) -> None:
    if _is_folder(folder, name):
        _remove_folder(folder, name)
    else:
        os.unlink(name, dir_fd=folder)


def _remove_folder(folder: int, name: str) -> None:
    """With all in it, which is moved up first: a stranger's may be too deep for any recursion."""
    moved = (f"{secrets.token_hex(8)}{number}" for number in count())
    with open_at(name, FOLDER_FLAGS, folder) as top:
        while names := _names_in(top):
            for child in names:
                if not _is_folder(top, child):
                    os.unlink(child, dir_fd=top)
                    continue
                with open_at(child, FOLDER_FLAGS, top) as inside:
                    for below in _names_in(inside):
                        os.rename(below, next(moved), src_dir_fd=inside, dst_dir_fd=top)
                os.rmdir(child, dir_fd=top)
    os.rmdir(name, dir_fd=folder)


def _is_folder(folder: int, name: str) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)


def _write(folder: int, package: Package) -> None:
    unfinished = f".{package.name}{_UNFINISHED}"
    try:
        os.mkdir(unfinished, dir_fd=folder)
        with open_at(unfinished, FOLDER_FLAGS, folder) as inside:
            _write_files(inside, package.files)
        os.rename(unfinished, package.name, src_dir_fd=folder, dst_dir_fd=folder)
        os.fsync(folder)
    except BaseException:
        with suppress(OSError):
            _remove(folder, unfinished)
        raise


def _write_files(folder: int, files: Mapping[str, bytes]) -> None:
    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | os.O_NOFOLLOW, mode=0o666, dir_fd=folder)

    for name, content in files.items():
        with open(name, "xb", opener=opener) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    os.fsync(folder)


def _holds(folder: int, package: Package) -> bool:
    """Whether exactly this package lies there."""
    try:
        with open_at(package.name, FOLDER_FLAGS, folder) as inside:
            if set(_names_in(inside)) != set(package.files):
                return False
            return all(_is_file(inside, *file) for file in package.files.items())
    except OSError as error:
        if error.errno in {errno.ENOTDIR, errno.ELOOP}:
            return False
        raise


def _is_file(folder: int, name: str, content: bytes) -> bool:
    with open_at(name, _FILE, folder) as file:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
            return False
        with open(file, "rb", closefd=False) as stream:
            return stream.read() == content
