"""Files of backups in a folder: written whole, numbered, and when the newest was written."""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = re.compile(r"(?P<device>.+)_(?P<number>[0-9]{6,})_[0-9]{4}-[0-9]{2}-[0-9]{2}\.age")
_UNFINISHED: Final = ".radhaus-backup-unfinished"


def names_in(folder: int) -> list[str]:
    """The names in an open folder."""
    return os.listdir(folder)


def write_whole(folder: int, name: str, content: bytes) -> None:
    """Write a file into an open folder; its name is there when all of it is on the disk.

    What an error stops leaves nothing; what the power cuts off, `remove_unfinished` clears away.
    """
    unfinished = f".{name}{_UNFINISHED}"

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | os.O_NOFOLLOW, mode=0o660, dir_fd=folder)

    with open(unfinished, "xb", opener=opener) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):  # a stick that was pulled has nothing to remove from
                os.unlink(unfinished, dir_fd=folder)
            raise
        os.rename(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)
    os.fsync(folder)


def remove_unfinished(folder: int) -> None:
    """Remove what torn runs have left, and nothing that is being written."""
    for name in names_in(folder):
        if name.endswith(_UNFINISHED) and not _is_being_written(name, folder):
            os.unlink(name, dir_fd=folder)


def _is_being_written(name: str, folder: int) -> bool:
    """Whether its writer holds its lock; what is no file at all has no writer."""
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def numbers_of(device: str, names: list[str]) -> dict[str, int]:
    """The backups of a box among the files of a folder, with their numbers."""
    found = {name: NAME.fullmatch(name) for name in names}
    return {
        name: int(parts["number"])
        for name, parts in found.items()
        if parts and parts["device"] == device
    }


def newest_backup(folder: Path) -> Path | None:
    """The backup that was written last, of whatever device."""
    with suppress(FileNotFoundError):
        files = [path for path in folder.iterdir() if NAME.fullmatch(path.name)]
        return max(files, key=_written_s, default=None)
    return None


def _written_s(file: Path) -> float:
    """Long ago, where a running backup has removed it since: it was among the oldest."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def written_last(folder: Path) -> datetime | None:
    """When the newest one was written, by the clock of then; None where there is none to see."""
    with suppress(OSError):
        if last := newest_backup(folder):
            return datetime.fromtimestamp(last.stat().st_mtime, UTC)
    return None
