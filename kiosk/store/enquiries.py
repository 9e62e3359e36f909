"""People of the open visit who were helped without a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3

    from kiosk.domain.ids import TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.record import Record


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One talk without a number."""

    topic: TopicId
    record: Record
    counted: Moment


_TABLE = Table("enquiry", Enquiry)


def insert(connection: sqlite3.Connection, enquiry: Enquiry) -> int:
    """Count it; answers the id by which it can be taken back."""
    return _TABLE.insert(connection, enquiry)


def list_all(connection: sqlite3.Connection) -> list[Enquiry]:
    return _TABLE.all(connection, "ORDER BY id")


def by_topic(connection: sqlite3.Connection) -> dict[TopicId, int]:
    """The number of them for each topic."""
    rows = connection.execute("SELECT topic, count(*) AS many FROM enquiry GROUP BY topic")
    return {row["topic"]: row["many"] for row in rows}


def delete(connection: sqlite3.Connection, enquiry_id: int) -> None:
    _TABLE.delete(connection, "WHERE id = ?", enquiry_id)


def delete_all(connection: sqlite3.Connection) -> None:
    """Delete all rows, when they have become counts."""
    _TABLE.delete(connection)
