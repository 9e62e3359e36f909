"""The open visit's row; there is at most one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kiosk.domain.moment import Moment
from kiosk.domain.visit import Visit
from kiosk.store import series

if TYPE_CHECKING:
    import sqlite3

    from kiosk.domain.ids import TopicId

_GIVEN = "visit:given:"


def current(connection: sqlite3.Connection) -> Visit | None:
    """The open visit, if one is."""
    row = connection.execute(
        "SELECT id, stop, topics, opened, intake, contingents FROM visit"
    ).fetchone()
    if row is None:
        return None
    contingents = json.loads(row["contingents"])
    return Visit(
        row["id"],
        row["stop"],
        tuple(json.loads(row["topics"])),
        Moment.from_text(row["opened"]),
        bool(row["intake"]),
        contingents,
        {topic: series.last_of(connection, f"{_GIVEN}{topic}") for topic in contingents},
    )


def insert(connection: sqlite3.Connection, visit: Visit) -> None:
    """Open it."""
    connection.execute(
        "INSERT INTO visit (id, stop, topics, opened, intake, contingents)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            visit.id,
            visit.stop,
            json.dumps(visit.topics),
            visit.opened.as_text(),
            visit.intake,
            json.dumps(dict(visit.contingents)),
        ),
    )


def save(connection: sqlite3.Connection, visit: Visit) -> None:
    """Keep what staff have changed about it."""
    connection.execute(
        "UPDATE visit SET topics = ?, intake = ?, contingents = ?",
        (json.dumps(visit.topics), visit.intake, json.dumps(dict(visit.contingents))),
    )


def count_given(connection: sqlite3.Connection, topic: TopicId) -> None:
    """A number of the topic's contingent has been given."""
    series.following(connection, f"{_GIVEN}{topic}")


def delete(connection: sqlite3.Connection) -> None:
    """Forget it, when its rows have become counts."""
    connection.execute("DELETE FROM visit")
