"""The open visit's presses of smileys: what is known of each, and why some are set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.feedback import Feedback, Misuse
from kiosk.store.rows import as_row, columns_of, with_moments

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from kiosk.domain.ids import FeedbackId, Surface
    from kiosk.domain.moment import Moment

_COLUMNS = columns_of(Feedback)


def insert(connection: sqlite3.Connection, feedback: Feedback) -> None:
    """Keep a press."""
    marks = ", ".join(f":{column}" for column in _COLUMNS)
    connection.execute(
        f"INSERT INTO feedback ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608 - our names
        as_row(feedback),
    )


def everything(connection: sqlite3.Connection) -> list[Feedback]:
    """All presses of the visit, in order, those set aside too."""
    query = f"SELECT {', '.join(_COLUMNS)} FROM feedback ORDER BY id"  # noqa: S608 - our names
    return [_feedback(row) for row in connection.execute(query)]


def newest_first(connection: sqlite3.Connection, surface: Surface) -> Iterator[Feedback]:
    """The presses at a surface, trials left out, read as far as somebody asks."""
    rows = connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM feedback"  # noqa: S608 - our names
        " WHERE surface = ? AND NOT trial ORDER BY id DESC",
        (surface,),
    )
    return map(_feedback, rows)


def by_misuse(connection: sqlite3.Connection) -> dict[Misuse | None, int]:
    """How many presses of the visit count (under None), and how many are set aside for what."""
    rows = connection.execute("SELECT misuse, count(*) AS count FROM feedback GROUP BY misuse")
    return {Misuse(row["misuse"]) if row["misuse"] else None: row["count"] for row in rows}


def flag(connection: sqlite3.Connection, press: FeedbackId, misuse: Misuse | None) -> None:
    """Say why a press is set aside, or that it counts."""
    connection.execute("UPDATE feedback SET misuse = ? WHERE id = ?", (misuse, press))


def extend(connection: sqlite3.Connection, press: FeedbackId, until: Moment) -> None:
    """A further press came after this one, was set aside, and is not kept by itself."""
    connection.execute("UPDATE feedback SET until = ? WHERE id = ?", (until.as_text(), press))


def delete(connection: sqlite3.Connection, feedback_id: int) -> bool:
    """Take a press back; says whether it was there."""
    return connection.execute("DELETE FROM feedback WHERE id = ?", (feedback_id,)).rowcount > 0


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget the visit's smileys, when they have become counts."""
    connection.execute("DELETE FROM feedback")


def _feedback(row: sqlite3.Row) -> Feedback:
    values = with_moments(row, ("given", "until"))
    misuse = Misuse(values["misuse"]) if values["misuse"] else None
    return Feedback(**values | {"trial": bool(values["trial"]), "misuse": misuse})
