"""The trail: what staff did at each desk, and what changed in the rows of the tickets by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from kiosk.domain.action import ActionKind
    from kiosk.domain.ids import ActionId, DeskId
    from kiosk.domain.moment import Moment

Rows = dict[str, dict[str, Any] | None]
"""Changed columns by ticket id (as text, for JSON); None where there is no such ticket."""


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One undoable step of a desk: whom it concerned, by `number`, or by `enquiry` without one.

    `checksums` are those of the tickets as the step left them. `in_a_row` is how many appointments
    the desk had called in a row before.
    """

    id: ActionId
    desk: DeskId
    kind: ActionKind
    number: str
    before: Rows
    after: Rows
    checksums: Mapping[str, int]
    enquiry: int | None
    in_a_row: int
    moment: Moment
    undone: bool = False


_TABLE = Table("action", TrailEntry)


def insert(connection: sqlite3.Connection, action: TrailEntry) -> None:
    """Write down an action."""
    _TABLE.insert(connection, action)


def last_of(connection: sqlite3.Connection, desk: DeskId) -> TrailEntry | None:
    """The newest action of a desk that has not been undone."""
    return _TABLE.first(connection, "WHERE desk = ? AND undone = 0 ORDER BY id DESC", desk)


def last_undone(
    connection: sqlite3.Connection, desk: DeskId, kind: ActionKind, number: str
) -> TrailEntry | None:
    """The newest action of that kind about a number that a desk has undone."""
    found = "WHERE desk = ? AND undone AND kind = ? AND number = ? ORDER BY id DESC"
    return _TABLE.first(connection, found, desk, kind, number)


def latest(connection: sqlite3.Connection, desk: DeskId, most: int) -> list[TrailEntry]:
    """The newest actions of a desk, undone ones too, newest first."""
    return _TABLE.all(connection, "WHERE desk = ? ORDER BY id DESC LIMIT ?", desk, most)


def mark_undone(connection: sqlite3.Connection, action: TrailEntry) -> None:
    """Say that an action was taken back."""
    _TABLE.set(connection, {"undone": True}, "WHERE id = ?", action.id)


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget who did what."""
    _TABLE.delete(connection)
