"""Errors of the database file, each with what to do."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from pathlib import Path


class StoreError(KioskError):
    """The database could not be used; nothing was changed."""

    advice = "Run 'kiosk doctor'."

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}. {self.advice}")


class DatabaseMissing(StoreError):
    """There is no database file."""

    advice = "Create it with 'kiosk init'."


class DatabaseEmptied(StoreError):
    """The file has lost everything; new tables and keys in it would pass for another box."""

    def __init__(self, path: Path) -> None:
        self.advice = (
            f"Restore a backup (kiosk restore), or move {path.parent} away and run 'kiosk init'."
        )
        super().__init__(path, "the database is empty although this box was set up")


class NewerDatabase(StoreError):
    """A later version has changed the tables."""

    advice = "Install that version, or restore the backup from before the update (kiosk restore)."

    def __init__(self, path: Path) -> None:
        super().__init__(path, "the database was written by a newer version of Radhaus")


class DiskFull(StoreError):
    """No room for another page."""

    advice = "Free some space on this disk; nothing was lost."


class DiskFailing(StoreError):
    """The disk refuses to write or to read."""

    advice = "Back up what can be read, and replace the card or disk: it is worn out or came loose."


class DatabaseBroken(StoreError):
    """The file is damaged or is no database."""

    advice = "Keep the file, and put the last backup back: docs/backup.md."


class DatabaseBusy(StoreError):
    """Lock timeout: another process held the file for too long."""

    advice = "Try again."


class DatabaseInUse(StoreError):
    """Another process has the file open, so it cannot be replaced."""

    advice = "Stop the services first: sudo systemctl stop kiosk.target."


class DatabaseReadOnly(StoreError):
    """The file or its folder cannot be written."""

    advice = (
        "Give the user of this service the right to write there; if the whole disk has become"
        " read-only, the card is worn out and must be replaced."
    )


_BY_CODE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR: DiskFailing,
    sqlite3.SQLITE_CORRUPT: DatabaseBroken,
    sqlite3.SQLITE_NOTADB: DatabaseBroken,
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_CANTOPEN: DatabaseReadOnly,
    sqlite3.SQLITE_PERM: DatabaseReadOnly,
}


UNWRITABLE = (DiskFull, DiskFailing, DatabaseReadOnly)
"""Of these it is the disk, and it stays so until a person does something."""

LASTING = (*UNWRITABLE, DatabaseBroken)
"""They do not go by themselves."""

LEAST_BYTES = 64 * 1024


def is_full(folder: Path) -> bool:
    """Whether the disk has no room for another page of the WAL and its index."""
    try:
        return shutil.disk_usage(folder).free < LEAST_BYTES
    except OSError:
        return False


FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What an unusable file raises; the latter when SQLite's own message quotes a damaged page."""


def translated(error: Exception, path: Path) -> StoreError:
    """Our error for what a file raised; SQLite's primary result code is the lower byte."""
    if not isinstance(error, sqlite3.Error):
        return DatabaseBroken(path, "the file is damaged")
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_IOERR and is_full(path.parent):
        return DiskFull(path, "the disk is full")  # no room even for the index of the WAL
    return _BY_CODE.get(code, StoreError)(path, str(error))
