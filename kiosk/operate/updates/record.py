"""Record of the last update: what was installed, and what became of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from kiosk.system.kept_file import replace_file_durably

if TYPE_CHECKING:
    from pathlib import Path

MOST_ATTEMPTS: Final = 3
"""Starts in which an update did not come up; a key that is turned too early is one, too."""


class UpdateState(StrEnum):
    """From the installation to its end."""

    INSTALLING = "installing"
    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"

    @property
    def is_pending(self) -> bool:
        """Whether the next start has something to do about it."""
        return self in {UpdateState.INSTALLING, UpdateState.WAITING}


class UpdateRecord(msgspec.Struct, frozen=True):
    """One update. `reason` is a sentence of the check that refused it.

    `restarts` counts those out of a slot that a firmware without memory has started.
    """

    version: str
    replaces: str
    state: UpdateState
    attempts: int = 0
    reason: str = ""
    restarts: int = 0


def read_record(path: Path) -> UpdateRecord | None:
    """None where nothing was ever installed, or where the file is no record."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=UpdateRecord)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def write_record(path: Path, record: UpdateRecord) -> None:
    """In one go, and on the disk before this returns; every door may read it."""
    replace_file_durably(path, msgspec.json.encode(record), 0o644)
