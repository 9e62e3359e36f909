"""Cursors of followers: how far each has read the journal, where acting twice would be noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def cursor(connection: sqlite3.Connection, name: str) -> int | None:
    """The id of the last journal entry that this follower has dealt with."""
    row = connection.execute("SELECT journal FROM follower WHERE name = ?", (name,)).fetchone()
    return row["journal"] if row else None


def save_cursor(connection: sqlite3.Connection, name: str, entry: int) -> None:
    connection.execute(
        "INSERT INTO follower (name, journal) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET journal = excluded.journal",
        (name, entry),
    )
