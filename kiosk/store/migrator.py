"""Migrator: applies each `migrations/<number>_<name>.sql` once, in the order of the numbers.

Never change one that has been released: add the next.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.store.errors import DatabaseReadOnly, NewerDatabase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database as Tables

_FOLDER = Path(__file__).parent / "migrations"
MIGRATIONS = tuple(
    sorted((file.stem for file in _FOLDER.glob("*.sql")), key=lambda name: int(name.split("_")[0]))
)

PAGE_BYTES = 1024
"""Small pages, of which each that an action touches is written whole."""


def apply(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables up to date; of several processes that start together, one does it.

    Raises `NewerDatabase` rather than work on tables that it does not know.
    """
    if applied(connection) == len(MIGRATIONS):
        return
    # A file of its own: closing a second handle on the database would drop SQLite's record locks.
    with _locked(path.with_name(path.name + ".lock")):
        if applied(connection) > len(MIGRATIONS):
            raise NewerDatabase(path)
        _apply_all(connection)
        _take_small_pages(connection)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Past no link: several users write in that folder, and it may lead to a file of another."""
    try:
        lock = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o660)
    except OSError as error:
        raise DatabaseReadOnly(path, f"cannot be opened ({error.strerror})") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _take_small_pages(connection: sqlite3.Connection) -> None:
    """Give an old file the page size of a new one, unless another process has it open.

    The whole file is rewritten behind a rollback journal, so a power cut leaves the old one.
    """
    if connection.execute("PRAGMA page_size").fetchone()[0] == PAGE_BYTES:
        return
    (timeout_ms,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    with suppress(sqlite3.OperationalError):  # in use, or no room: larger pages work too
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("VACUUM")
    connection.execute(f"PRAGMA busy_timeout = {timeout_ms}")
    connection.execute("PRAGMA journal_mode = WAL")


def applied(connection: sqlite3.Connection) -> int:
    """How many of the migrations this file has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def applied_names(connection: sqlite3.Connection) -> set[str]:
    """The migrations that this file has seen, those of a newer version too."""
    table = "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
    if connection.execute(table).fetchone() is None:
        return set()
    return {row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations")}


def _apply_all(connection: sqlite3.Connection) -> None:
    # It costs a second where pandas is installed, and is needed once a release.
    from sqlite_utils import Database as Tables  # noqa: PLC0415 - slow
    from sqlite_utils import Migrations  # noqa: PLC0415 - slow

    migrations = Migrations("radhaus")
    for name in MIGRATIONS:
        migrations(name=name)(_migration(name))
    migrations.apply(Tables(connection))
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _migration(name: str) -> Callable[[Tables], None]:
    script = (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")

    def run(tables: Tables) -> None:
        # One by one: executescript would end the transaction that sqlite-utils has begun.
        for statement in script.split(";\n"):
            if statement.strip():
                tables.conn.execute(statement)

    return run
