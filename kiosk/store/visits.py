"""The open visit's row; there is at most one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kiosk.domain.moment import Moment
from kiosk.domain.visit import Visit

if TYPE_CHECKING:
    import sqlite3


def current(connection: sqlite3.Connection) -> Visit | None:
    """The open visit, if one is."""
    row = connection.execute("SELECT id, stop, topics, opened FROM visit").fetchone()
    if row is None:
        return None
    topics = tuple(json.loads(row["topics"]))
    return Visit(row["id"], row["stop"], topics, Moment.from_text(row["opened"]))


def insert(connection: sqlite3.Connection, visit: Visit) -> None:
    """Open it."""
    connection.execute(
        "INSERT INTO visit (id, stop, topics, opened) VALUES (?, ?, ?, ?)",
        (visit.id, visit.stop, json.dumps(visit.topics), visit.opened.as_text()),
    )


def delete(connection: sqlite3.Connection) -> None:
    """Forget it, when its rows have become counts."""
    connection.execute("DELETE FROM visit")
