"""Running numbers that never go back: ticket ids, a visit's sequence, the numbers of a letter."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kiosk.store.table import marks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from kiosk.store.visit_cache import Connection


def next_value(connection: Connection, name: str) -> int:
    """Draw the next number of a series, from 1."""
    row = connection.execute(
        "INSERT INTO series (name, last) VALUES (?, 1)"
        " ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last",
        (name,),
    ).fetchone()
    connection.drawn[name] = int(row["last"])
    return connection.drawn[name]


def last_of(connection: sqlite3.Connection, *names: str) -> list[int]:
    """The numbers drawn last, 0 where none was."""
    rows = connection.execute(
        f"SELECT name, last FROM series WHERE name IN ({marks(names)})",  # noqa: S608 - only marks
        names,
    )
    drawn = {row["name"]: row["last"] for row in rows}
    return [drawn.get(name, 0) for name in names]


def remember(connection: Connection, lasts: Mapping[str, int]) -> None:
    """Say which numbers were drawn last."""
    rows = ", ".join(["(?, ?)"] * len(lasts))
    connection.execute(
        f"INSERT OR REPLACE INTO series (name, last) VALUES {rows}",  # noqa: S608 - only marks
        [*chain.from_iterable(lasts.items())],
    )
    connection.drawn.update(lasts)


def reset(connection: Connection, prefix: str) -> None:
    """Forget every series whose name begins so."""
    connection.execute("DELETE FROM series WHERE name GLOB ? || '*'", (prefix,))
    connection.forgotten.append(prefix)
