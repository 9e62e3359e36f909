"""Table of the open visit's presses of smileys, each with its misuse, if it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.feedback import Feedback, Misuse
from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from kiosk.domain.ids import FeedbackId, QuestionId, Surface
    from kiosk.domain.moment import Moment

_TABLE = Table("feedback", Feedback)


def insert(connection: sqlite3.Connection, feedback: Feedback) -> None:
    _TABLE.insert(connection, feedback)


def list_all(connection: sqlite3.Connection) -> list[Feedback]:
    """All presses of the visit, in order, misused ones too."""
    return _TABLE.all(connection, "ORDER BY id")


def newest_first(connection: sqlite3.Connection, surface: Surface) -> Iterator[Feedback]:
    """The presses at a surface, trials left out, read as far as the caller iterates."""
    return _TABLE.iterate(connection, "WHERE surface = ? AND NOT trial ORDER BY id DESC", surface)


def by_misuse(connection: sqlite3.Connection) -> dict[Misuse | None, int]:
    """How many presses of the visit count (under None), and how many are misuse, by kind."""
    rows = connection.execute("SELECT misuse, count(*) AS count FROM feedback GROUP BY misuse")
    return {Misuse(row["misuse"]) if row["misuse"] else None: row["count"] for row in rows}


def flag(connection: sqlite3.Connection, press: FeedbackId, misuse: Misuse | None) -> None:
    """Say of what kind of misuse a press is, or that it counts."""
    _TABLE.set(connection, {"misuse": misuse}, "WHERE id = ?", press)


def extend(connection: sqlite3.Connection, press: FeedbackId, until: Moment) -> None:
    """A further press came after this one, was misuse, and is not kept by itself."""
    _TABLE.set(connection, {"until": until}, "WHERE id = ?", press)


def by_id(connection: sqlite3.Connection, press: FeedbackId) -> Feedback | None:
    """The press of that id; None once it was taken back, or its visit counted."""
    return next(_TABLE.iterate(connection, "WHERE id = ?", press), None)


def mark_asked(connection: sqlite3.Connection, press: FeedbackId, question: QuestionId) -> None:
    """That survey question follows the press."""
    _TABLE.set(connection, {"asked": question}, "WHERE id = ?", press)


def mark_answered(connection: sqlite3.Connection, press: FeedbackId) -> None:
    """The question that followed the press was answered."""
    _TABLE.set(connection, {"answered": True}, "WHERE id = ?", press)


def delete(connection: sqlite3.Connection, feedback_id: int) -> bool:
    """Take a press back; says whether it was there."""
    return _TABLE.delete(connection, "WHERE id = ?", feedback_id) > 0


def delete_all(connection: sqlite3.Connection) -> None:
    """Delete all rows, when they have become counts."""
    _TABLE.delete(connection)
