"""File that one process keeps for others: replaced whole, so that none reads half of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace_file(file: Path, content: bytes) -> None:
    """Put a content in place of the last one. A torn run leaves what the next one overwrites.

    Raises `OSError`.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o770)
    unfinished = file.with_name(f".{file.name}")
    unfinished.unlink(missing_ok=True)  # perhaps another user's
    unfinished.write_bytes(content)
    unfinished.replace(file)


def replace_file_durably(file: Path, content: bytes, mode: int) -> None:
    """The same for what must outlive the power: on the disk before this returns, with this mode.

    Raises `OSError`.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode, exist_ok=False)
    unfinished.chmod(mode)
    with unfinished.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(file)
    _sync_folder(file.parent)


def delete_file_durably(file: Path) -> None:
    """A file that must not be there again after the power was cut. Raises `OSError`."""
    file.unlink()
    _sync_folder(file.parent)


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
