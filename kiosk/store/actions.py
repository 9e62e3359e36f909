"""What staff did at each desk, with the rows of the tickets before and after it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.domain.action import ActionKind
from kiosk.domain.moment import Moment
from kiosk.store.rows import as_row, columns_of

if TYPE_CHECKING:
    import sqlite3

    from kiosk.domain.ids import ActionId, DeskId

Rows = dict[str, dict[str, Any] | None]
"""Rows by ticket id (as text, for JSON); None where there is no such ticket."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a desk did. `number` is whom it concerned, `enquiry` whom it counted without.

    `in_a_row` is how many appointments the desk had called in a row before.
    """

    id: ActionId
    desk: DeskId
    kind: ActionKind
    number: str
    before: Rows
    after: Rows
    enquiry: int | None
    in_a_row: int
    moment: Moment
    undone: bool = False


_COLUMNS = columns_of(Action)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM action"  # noqa: S608 - our own field names
_INSERT = (
    f"INSERT INTO action ({', '.join(_COLUMNS)})"  # noqa: S608 - same
    f" VALUES ({', '.join(':' + name for name in _COLUMNS)})"
)


def insert(connection: sqlite3.Connection, action: Action) -> None:
    """Write down an action."""
    rows = {"before": json.dumps(action.before), "after": json.dumps(action.after)}
    connection.execute(_INSERT, {**as_row(action), **rows})


def last_of(connection: sqlite3.Connection, desk: DeskId) -> Action | None:
    """The newest action of a desk that has not been undone."""
    row = connection.execute(
        f"{_SELECT} WHERE desk = ? AND undone = 0 ORDER BY id DESC LIMIT 1", (desk,)
    ).fetchone()
    return _action(row) if row else None


def last_undone(
    connection: sqlite3.Connection, desk: DeskId, kind: ActionKind, number: str
) -> Action | None:
    """The newest action of that kind about a number that a desk has undone."""
    row = connection.execute(
        f"{_SELECT} WHERE desk = ? AND undone = 1 AND kind = ? AND number = ?"
        " ORDER BY id DESC LIMIT 1",
        (desk, kind, number),
    ).fetchone()
    return _action(row) if row else None


def latest(connection: sqlite3.Connection, desk: DeskId, most: int) -> list[Action]:
    """The newest actions of a desk, undone ones too, newest first."""
    rows = connection.execute(f"{_SELECT} WHERE desk = ? ORDER BY id DESC LIMIT ?", (desk, most))
    return [_action(row) for row in rows]


def mark_undone(connection: sqlite3.Connection, action: Action) -> None:
    """Say that an action was taken back."""
    connection.execute("UPDATE action SET undone = 1 WHERE id = ?", (action.id,))


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget who did what."""
    connection.execute("DELETE FROM action")


def _action(row: sqlite3.Row) -> Action:
    values = dict(row)
    values["before"] = json.loads(values["before"])
    values["after"] = json.loads(values["after"])
    values["moment"] = Moment.from_text(values["moment"])
    values["undone"] = bool(values["undone"])
    values["kind"] = ActionKind(values["kind"])
    return Action(**values)
