"""Backup copy of the database, by SQLite's own way, and what a restore asks of one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from kiosk.store import key_values, migrator
from kiosk.store.database import connect, connect_bare, connect_recognised
from kiosk.store.errors import (
    FAULTS,
    DatabaseBroken,
    DatabaseInUse,
    DatabaseMissing,
    translated,
)
from kiosk.store.recognition import is_empty_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.store.database import Connection


def consistent_copy(path: Path) -> bytes:
    """The whole database as of its last commit, in memory alone. Raises `StoreError`.

    The services go on meanwhile: a reader keeps no writer waiting.
    """
    if not path.exists():
        raise DatabaseMissing(path, "there is no database")
    try:
        with closing(connect(path)) as source, closing(sqlite3.connect(":memory:")) as copy:
            source.backup(copy)
            return copy.serialize()
    except FAULTS as error:
        raise translated(error, path) from error


def check_copy(path: Path, check_ledger: Callable[[Connection], object]) -> str | None:
    """Look at every page, bring the tables up to date, look at the ledger; the box's id.

    Raises `StoreError`, and what the check does. Leaves nothing beside the file.
    """
    if not path.exists():
        raise DatabaseMissing(path, "there is no database")
    try:
        with closing(connect_recognised(path)) as connection:
            answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if answer != "ok":
                raise DatabaseBroken(path, str(answer))
            migrator.apply(connection, path)
            check_ledger(connection)
            return key_values.get(connection, "device_id")
    except FAULTS as error:
        raise translated(error, path) from error
    finally:
        path.with_name(path.name + ".lock").unlink(missing_ok=True)


def device_of(path: Path) -> str | None:
    """The device's id, None where none can be read."""
    if not path.exists() or is_empty_file(path):
        return None
    try:
        with closing(connect_bare(path)) as connection:
            return key_values.get(connection, "device_id")
    except FAULTS:
        return None


def release(path: Path) -> None:
    """Fold what lies beside the file into it, so that another file can take its place.

    Raises `DatabaseInUse` while any process has it open. A damaged one is taken as it is.
    """
    if path.exists():
        try:
            with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise DatabaseInUse(path, "a service has it open") from error
        except sqlite3.DatabaseError:  # damaged: a usual reason for a restore
            pass
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
