"""People of the open visit who were helped without a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.moment import Moment
from kiosk.domain.record import Record

if TYPE_CHECKING:
    import sqlite3

    from kiosk.domain.ids import TopicId


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One talk without a number."""

    topic: TopicId
    record: Record
    counted: Moment


def insert(connection: sqlite3.Connection, enquiry: Enquiry) -> int:
    """Count it; its id is told so that it can be taken back."""
    row = connection.execute(
        "INSERT INTO enquiry (topic, record, counted) VALUES (?, ?, ?) RETURNING id",
        (enquiry.topic, enquiry.record.as_text(), enquiry.counted.as_text()),
    ).fetchone()
    return int(row["id"])


def everything(connection: sqlite3.Connection) -> list[Enquiry]:
    """All of the visit."""
    rows = connection.execute("SELECT topic, record, counted FROM enquiry ORDER BY id")
    return [
        Enquiry(row["topic"], Record.from_text(row["record"]), Moment.from_text(row["counted"]))
        for row in rows
    ]


def by_topic(connection: sqlite3.Connection) -> dict[TopicId, int]:
    """The number of them for each topic."""
    rows = connection.execute("SELECT topic, count(*) AS many FROM enquiry GROUP BY topic")
    return {row["topic"]: row["many"] for row in rows}


def delete(connection: sqlite3.Connection, enquiry_id: int) -> None:
    """Take one back."""
    connection.execute("DELETE FROM enquiry WHERE id = ?", (enquiry_id,))


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget them, when they have become counts."""
    connection.execute("DELETE FROM enquiry")
