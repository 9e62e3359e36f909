"""Ways in which a database stops being one that this program wrote."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.system.paths import Paths

EMPTIED = "the database is empty although this box was set up"
NEWER = "the database was written by a newer version of Radhaus"


def lose_every_byte(path: Path) -> None:
    """As `: > kiosk.db` does, beside a log that was not folded in."""
    path.write_bytes(b"")
    path.with_name(f"{path.name}-wal").write_bytes(b"the last commits")


def lose_every_table(path: Path) -> None:
    """A sound file of SQLite with nothing in it."""
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    assert path.stat().st_size


def add_future_step(path: Path) -> None:
    """What a newer program leaves, as far as this one can tell."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('radhaus', '99_future', '2027-01-01')"
        )


STRANGE = ((lose_every_byte, EMPTIED), (lose_every_table, EMPTIED), (add_future_step, NEWER))


def contents(paths: Paths) -> dict[str, bytes]:
    """Every file in the data folder itself."""
    return {file.name: file.read_bytes() for file in paths.data.iterdir() if file.is_file()}
