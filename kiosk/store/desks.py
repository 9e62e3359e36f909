"""What staff have changed at the desks during the open visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.desk import DeskState
from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping

    from kiosk.domain.ids import DeskId, TopicId


@dataclass(frozen=True, slots=True)
class _Row:
    """A desk; without topics it handles those that the profile gives it."""

    id: DeskId
    topics: tuple[TopicId, ...] | None
    at_work: bool
    wants_help: bool
    in_a_row: int


_TABLE = Table("desk", _Row)


def today(
    connection: sqlite3.Connection, usual: Mapping[DeskId, Collection[TopicId]]
) -> list[DeskState]:
    """These desks as they work now; `usual` are the topics that the profile gives each."""
    rows = {row.id: row for row in _TABLE.all(connection)}
    return [_desk(desk, rows.get(desk), topics) for desk, topics in usual.items()]


def save(connection: sqlite3.Connection, desk: DeskState, usual: Collection[TopicId]) -> None:
    """Keep how a desk works now; with its usual topics it follows the profile."""
    topics = None if desk.topics == frozenset(usual) else tuple(sorted(desk.topics))
    row = _Row(desk.id, topics, desk.at_work, desk.wants_help, desk.in_a_row)
    _TABLE.put(connection, row)


def in_a_row(connection: sqlite3.Connection, desk: DeskId) -> int:
    """How many appointments the desk has called since its last walk-in."""
    row = connection.execute("SELECT in_a_row FROM desk WHERE id = ?", (desk,)).fetchone()
    return row["in_a_row"] if row else 0


def set_in_a_row(connection: sqlite3.Connection, desk: DeskId, count: int) -> None:
    """Go back to an earlier count; the desk has been changed before."""
    _TABLE.set(connection, {"in_a_row": count}, "WHERE id = ?", desk)


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget the day's changes."""
    _TABLE.delete(connection)


def _desk(desk: DeskId, row: _Row | None, usual: Collection[TopicId]) -> DeskState:
    if row is None:
        return DeskState(desk, frozenset(usual))
    topics = usual if row.topics is None else row.topics
    return DeskState(desk, frozenset(topics), row.at_work, row.wants_help, row.in_a_row)
