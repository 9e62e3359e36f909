"""The open visit's row; there is at most one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.ticket import TicketState
from kiosk.domain.visit import Visit
from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from kiosk.domain.ids import TopicId

_TABLE = Table("visit", Visit, computed={"given"})


def current(connection: sqlite3.Connection) -> Visit | None:
    """The open visit, if one is."""
    visit = _TABLE.first(connection)
    if visit is None or not visit.contingents:
        return visit
    return replace(visit, given=_given(connection, visit.contingents))


def insert(connection: sqlite3.Connection, visit: Visit) -> None:
    """Store the visit that opens."""
    _TABLE.insert(connection, visit)


def save(connection: sqlite3.Connection, before: Visit, after: Visit) -> None:
    """Keep what staff have changed about it."""
    _TABLE.update(connection, before, after)


def delete(connection: sqlite3.Connection) -> None:
    """Forget it, when its rows have become counts."""
    _TABLE.delete(connection)


def _given(connection: sqlite3.Connection, topics: Collection[TopicId]) -> dict[TopicId, int]:
    """How many numbers of these topics people hold or have held, those who left without advice not.

    Counted anew each time: an undone, transferred or withdrawn number is free for somebody else.
    """
    rows = connection.execute(
        "SELECT topic, count(*) AS given FROM ticket WHERE state <> ? GROUP BY topic",
        (TicketState.WITHDRAWN,),
    )
    counted = {row["topic"]: row["given"] for row in rows}
    return {topic: counted.get(topic, 0) for topic in topics}
