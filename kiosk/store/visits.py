"""The open visit's row; there is at most one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kiosk.domain.moment import Moment
from kiosk.domain.ticket import TicketState
from kiosk.domain.visit import Visit

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from kiosk.domain.ids import TopicId


def current(connection: sqlite3.Connection) -> Visit | None:
    """The open visit, if one is."""
    row = connection.execute(
        "SELECT id, stop, topics, opened, intake, contingents, trial FROM visit"
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
        _given(connection, contingents),
        Moment.from_text(row["trial"]) if row["trial"] else None,
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
        "UPDATE visit SET topics = ?, intake = ?, contingents = ?, trial = ?",
        (
            json.dumps(visit.topics),
            visit.intake,
            json.dumps(dict(visit.contingents)),
            visit.trial.as_text() if visit.trial else None,
        ),
    )


def delete(connection: sqlite3.Connection) -> None:
    """Forget it, when its rows have become counts."""
    connection.execute("DELETE FROM visit")


def _given(connection: sqlite3.Connection, topics: Collection[TopicId]) -> dict[TopicId, int]:
    """How many numbers of these topics people hold or have held, those who left without advice not.

    Counted anew each time: an undone, transferred or withdrawn number is free for somebody else.
    """
    if not topics:
        return {}
    rows = connection.execute(
        "SELECT topic, count(*) AS given FROM ticket WHERE state <> ? GROUP BY topic",
        (TicketState.WITHDRAWN,),
    )
    counted = {row["topic"]: row["given"] for row in rows}
    return {topic: counted.get(topic, 0) for topic in topics}
