"""What staff did at each desk, with the rows of the tickets before and after it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.domain.moment import Moment

if TYPE_CHECKING:
    import sqlite3

    from kiosk.domain.ids import ActionId, DeskId

Rows = dict[str, dict[str, Any] | None]
"""Rows by ticket id (as text, for JSON); None where there is no such ticket."""

_SELECT = "SELECT id, desk, kind, number, before, after, moment, undone FROM action"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a desk did. `number` is whom it concerned."""

    id: ActionId
    desk: DeskId
    kind: str
    number: str
    before: Rows
    after: Rows
    moment: Moment
    undone: bool


def insert(  # noqa: PLR0913 - the columns
    connection: sqlite3.Connection,
    desk: DeskId,
    kind: str,
    number: str,
    *,
    before: Rows,
    after: Rows,
    now: Moment,
) -> None:
    """Write down an action."""
    connection.execute(
        "INSERT INTO action (desk, kind, number, before, after, moment) VALUES (?, ?, ?, ?, ?, ?)",
        (desk, kind, number, json.dumps(before), json.dumps(after), now.as_text()),
    )


def last_of(connection: sqlite3.Connection, desk: DeskId) -> Action | None:
    """The newest action of a desk that has not been undone."""
    row = connection.execute(
        f"{_SELECT} WHERE desk = ? AND NOT undone ORDER BY id DESC LIMIT 1", (desk,)
    ).fetchone()
    return _action(row) if row else None


def latest(connection: sqlite3.Connection, desk: DeskId, most: int) -> list[Action]:
    """The newest actions of a desk, undone ones too, newest first."""
    rows = connection.execute(f"{_SELECT} WHERE desk = ? ORDER BY id DESC LIMIT ?", (desk, most))
    return [_action(row) for row in rows]


def mark_undone(connection: sqlite3.Connection, action_id: ActionId) -> None:
    """Say that an action was taken back."""
    connection.execute("UPDATE action SET undone = 1 WHERE id = ?", (action_id,))


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget who did what."""
    connection.execute("DELETE FROM action")


def _action(row: sqlite3.Row) -> Action:
    values = dict(row)
    values["before"] = json.loads(values["before"])
    values["after"] = json.loads(values["after"])
    values["moment"] = Moment.from_text(values["moment"])
    values["undone"] = bool(values["undone"])
    return Action(**values)
