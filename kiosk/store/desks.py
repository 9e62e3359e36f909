"""What staff have changed at the desks during the open visit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kiosk.domain.desk import DeskToday

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from kiosk.domain.ids import DeskId, TopicId


def today(connection: sqlite3.Connection, desk: DeskId, usual: Collection[TopicId]) -> DeskToday:
    """A desk as it works now; `usual` are the topics that the profile gives it."""
    row = connection.execute(
        "SELECT topics, at_work, wants_help, in_a_row FROM desk WHERE id = ?", (desk,)
    ).fetchone()
    if row is None:
        return DeskToday(desk, frozenset(usual))
    topics = usual if row["topics"] is None else json.loads(row["topics"])
    return DeskToday(
        desk, frozenset(topics), bool(row["at_work"]), bool(row["wants_help"]), row["in_a_row"]
    )


def save(connection: sqlite3.Connection, desk: DeskToday, usual: Collection[TopicId]) -> None:
    """Keep how a desk works now; with its usual topics it follows the profile."""
    topics = None if desk.topics == frozenset(usual) else json.dumps(sorted(desk.topics))
    connection.execute(
        "INSERT INTO desk (id, topics, at_work, wants_help, in_a_row) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET topics = excluded.topics, at_work = excluded.at_work,"
        " wants_help = excluded.wants_help, in_a_row = excluded.in_a_row",
        (desk.id, topics, desk.at_work, desk.wants_help, desk.in_a_row),
    )


def in_a_row(connection: sqlite3.Connection, desk: DeskId) -> int:
    """How many appointments the desk has called since its last walk-in."""
    row = connection.execute("SELECT in_a_row FROM desk WHERE id = ?", (desk,)).fetchone()
    return row["in_a_row"] if row else 0


def set_in_a_row(connection: sqlite3.Connection, desk: DeskId, count: int) -> None:
    """Go back to an earlier count; the desk has been changed before."""
    connection.execute("UPDATE desk SET in_a_row = ? WHERE id = ?", (count, desk))


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget the day's changes."""
    connection.execute("DELETE FROM desk")
