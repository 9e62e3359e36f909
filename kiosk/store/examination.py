"""Examination of the database file for the doctor: integrity, version, disk. Repairs nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.store import migrator
from kiosk.store.database import connect_recognised
from kiosk.store.errors import FAULTS, DatabaseMissing, translated

if TYPE_CHECKING:
    from pathlib import Path

OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""

FULL = 2
"""What `PRAGMA synchronous` answers when every commit waits for the disk."""

LEAST_FREE_BYTES = 32 * 1024**2
"""With less free on its disk, soon nothing can be written any more."""

COMFORTABLE_FREE_BYTES = 512 * 1024**2
"""With less free room should be made before it comes to that."""

COMFORTABLE_FREE_FILES = 1000
"""The same of what a file system numbers its files with."""

_MOST_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Examination:
    """The facts of a file that opens: SQLite's complaints, steps to come, how it is written."""

    faults: tuple[str, ...]
    pending: tuple[str, ...]
    journal_mode: str
    synchronous: int


@dataclass(frozen=True, slots=True)
class Library:
    """The SQLite that Python brought along."""

    version: tuple[int, ...]
    options: frozenset[str]


def examine_database(path: Path) -> Examination:
    """Open the file as the services do and look at it. Raises `StoreError`."""
    if not path.exists():
        raise DatabaseMissing(path, "there is no database")
    try:
        with closing(connect_recognised(path)) as connection:
            return Examination(
                faults=_faults(connection),
                pending=migrator.MIGRATIONS[migrator.applied(connection) :],
                journal_mode=_answer(connection, "PRAGMA journal_mode"),
                synchronous=int(_answer(connection, "PRAGMA synchronous")),
            )
    except FAULTS as error:
        raise translated(error, path) from error


def library() -> Library:
    """Version and compile options of SQLite."""
    with closing(sqlite3.connect(":memory:")) as connection:
        options = frozenset(row[0] for row in connection.execute("PRAGMA compile_options"))
    return Library(sqlite3.sqlite_version_info, options)


def _faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute(f"PRAGMA quick_check({_MOST_FAULTS})").fetchall()
    return tuple(row[0] for row in rows if row[0] != "ok")


def _answer(connection: sqlite3.Connection, pragma: str) -> str:
    return str(connection.execute(pragma).fetchone()[0])
