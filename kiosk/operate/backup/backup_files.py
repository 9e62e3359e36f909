"""Names of backups in a folder: their numbers, and when the newest was written."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = re.compile(r"(?P<device>.+)_(?P<number>[0-9]{6,})_[0-9]{4}-[0-9]{2}-[0-9]{2}\.age")


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
        return max(files, key=lambda path: path.stat().st_mtime, default=None)
    return None


def written_last(folder: Path) -> datetime | None:
    """When the newest one was written, by the clock of then; None where there is none to see."""
    with suppress(OSError):
        if last := newest_backup(folder):
            return datetime.fromtimestamp(last.stat().st_mtime, UTC)
    return None
