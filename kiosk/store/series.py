"""Running numbers that never go back: ticket ids, a visit's sequence, the numbers of a letter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


def next_value(connection: sqlite3.Connection, name: str) -> int:
    """Draw the next number of a series, from 1."""
    row = connection.execute(
        "INSERT INTO series (name, last) VALUES (?, 1)"
        " ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
        (name,),
    ).fetchone()
    return int(row["last"])


def last_of(connection: sqlite3.Connection, *names: str) -> list[int]:
    """The numbers drawn last, 0 where none was."""
    rows = connection.execute(
        "SELECT name, last FROM series WHERE name IN (SELECT value FROM json_each(?))",
        (json.dumps(names),),
    )
    drawn = {row["name"]: row["last"] for row in rows}
    return [drawn.get(name, 0) for name in names]


def remember(connection: sqlite3.Connection, lasts: Mapping[str, int]) -> None:
    """Say which numbers were drawn last."""
    connection.execute(
        "INSERT OR REPLACE INTO series (name, last) SELECT key, value FROM json_each(?)",
        (json.dumps(lasts),),
    )


def reset(connection: sqlite3.Connection, prefix: str) -> None:
    """Forget every series whose name begins so."""
    connection.execute("DELETE FROM series WHERE name GLOB ? || '*'", (prefix,))
