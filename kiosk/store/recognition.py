"""Recognition of a file before a byte of it is written: not emptied, not of a newer version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.store import migrator
from kiosk.store.errors import DatabaseEmptied, NewerDatabase
from kiosk.store.high_water_mark import HighWaterMark
from kiosk.system.paths import Paths

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


def is_empty_file(path: Path) -> bool:
    """To be asked before SQLite: it deletes a write-ahead log beside such a file."""
    return path.is_file() and path.stat().st_size == 0


def check_not_emptied(path: Path) -> None:
    """Raises `DatabaseEmptied` for a file of no byte on a box that was set up."""
    if is_empty_file(path) and _was_set_up(path):
        raise DatabaseEmptied(path)


def check_recognised(connection: sqlite3.Connection, path: Path) -> None:
    """Raises `NewerDatabase`, and `DatabaseEmptied` for a file that has lost all its tables."""
    steps, names = migrator.applied(connection), migrator.applied_names(connection)
    if steps > len(migrator.MIGRATIONS) or names - set(migrator.MIGRATIONS):
        raise NewerDatabase(path)
    if not steps and not names and _was_set_up(path):
        raise DatabaseEmptied(path)


def _was_set_up(path: Path) -> bool:
    return HighWaterMark(path).exists() or Paths(path.parent).config.exists()
