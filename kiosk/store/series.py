"""Running numbers that never go back: ticket ids, a visit's sequence, the numbers of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def following(connection: sqlite3.Connection, name: str) -> int:
    """Draw the next number of a series, from 1."""
    last = last_of(connection, name) + 1
    remember(connection, name, last)
    return last


def last_of(connection: sqlite3.Connection, name: str) -> int:
    """The number drawn last, or 0."""
    row = connection.execute("SELECT last FROM series WHERE name = ?", (name,)).fetchone()
    return row["last"] if row else 0


def remember(connection: sqlite3.Connection, name: str, last: int) -> None:
    """Say which number was drawn last."""
    connection.execute(
        "INSERT INTO series (name, last) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET last = excluded.last",
        (name, last),
    )


def begin_afresh(connection: sqlite3.Connection, prefix: str) -> None:
    """Forget every series whose name begins so."""
    connection.execute("DELETE FROM series WHERE name GLOB ? || '*'", (prefix,))
