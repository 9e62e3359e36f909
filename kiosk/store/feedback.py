"""The open visit's smileys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.feedback import Feedback
from kiosk.store.rows import as_row, with_moments

if TYPE_CHECKING:
    import sqlite3


def insert(connection: sqlite3.Connection, feedback: Feedback) -> None:
    """Keep a press."""
    connection.execute(
        "INSERT INTO feedback (id, score, given) VALUES (:id, :score, :given)", as_row(feedback)
    )


def everything(connection: sqlite3.Connection) -> list[Feedback]:
    """All presses of the visit, in order."""
    rows = connection.execute("SELECT id, score, given FROM feedback ORDER BY id")
    return [Feedback(**with_moments(row, ("given",))) for row in rows]


def delete(connection: sqlite3.Connection, feedback_id: int) -> bool:
    """Take a press back; says whether it was there."""
    return connection.execute("DELETE FROM feedback WHERE id = ?", (feedback_id,)).rowcount > 0


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget the visit's smileys, when they have become counts."""
    connection.execute("DELETE FROM feedback")
