"""How far a follower of the journal has come, where acting twice would be noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def place(connection: sqlite3.Connection, name: str) -> int | None:
    """The id of the last journal entry that this follower has dealt with."""
    row = connection.execute("SELECT journal FROM follower WHERE name = ?", (name,)).fetchone()
    return row["journal"] if row else None


def keep_place(connection: sqlite3.Connection, name: str, entry: int) -> None:
    """Say how far the follower has come."""
    connection.execute(
        "INSERT INTO follower (name, journal) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET journal = excluded.journal",
        (name, entry),
    )
