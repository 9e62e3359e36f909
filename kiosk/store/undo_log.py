"""Table of the undo log: the steps of each desk, and the rows of tickets before and after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from kiosk.domain.ids import DeskId, UndoEntryId
    from kiosk.domain.moment import Moment
    from kiosk.domain.undo_kind import UndoKind

Rows = dict[str, dict[str, Any] | None]
"""Changed columns by ticket id (as text, for JSON); None where there is no such ticket."""


@dataclass(frozen=True, slots=True)
class UndoEntry:
    """One step of a desk: whom it concerned, by `number`, or by `enquiry` without one.

    `checksums` are those of the tickets as the step left them. `in_a_row` is how many appointments
    the desk had called in a row before, `appointment` the code of one that the step has made.
    """

    id: UndoEntryId
    desk: DeskId
    kind: UndoKind
    number: str
    before: Rows
    after: Rows
    checksums: Mapping[str, int]
    enquiry: int | None
    in_a_row: int
    moment: Moment
    undone: bool = False
    appointment: str | None = None


_TABLE = Table("undo_entry", UndoEntry)


def insert(connection: sqlite3.Connection, entry: UndoEntry) -> None:
    _TABLE.insert(connection, entry)


def last_of(connection: sqlite3.Connection, desk: DeskId) -> UndoEntry | None:
    """The newest step of a desk that has not been undone."""
    return _TABLE.first(connection, "WHERE desk = ? AND undone = 0 ORDER BY id DESC", desk)


def last_undone(
    connection: sqlite3.Connection, desk: DeskId, kind: UndoKind, number: str
) -> UndoEntry | None:
    """The newest step of that kind about a number that a desk has undone."""
    found = "WHERE desk = ? AND undone AND kind = ? AND number = ? ORDER BY id DESC"
    return _TABLE.first(connection, found, desk, kind, number)


def latest(connection: sqlite3.Connection, desk: DeskId, most: int) -> list[UndoEntry]:
    """The newest steps of a desk, undone ones too, newest first."""
    return _TABLE.all(connection, "WHERE desk = ? ORDER BY id DESC LIMIT ?", desk, most)


def mark_undone(connection: sqlite3.Connection, entry: UndoEntry) -> None:
    _TABLE.set(connection, {"undone": True}, "WHERE id = ?", entry.id)


def delete_all(connection: sqlite3.Connection) -> None:
    _TABLE.delete(connection)
