"""Slips that are printed again, marked as copies: wanted, begun, then printed or failed, as slips.

A ticket that is forgotten takes its copies along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.domain.moment import Moment

if TYPE_CHECKING:
    import sqlite3

    from kiosk.domain.ids import CopyId, TicketId
    from kiosk.store.slips import SlipState

_SELECT = "SELECT id, ticket, wanted, state, trouble FROM copy"


@dataclass(frozen=True, slots=True)
class Copy:
    """One more slip for a ticket; `trouble` is why it failed."""

    id: CopyId
    ticket: TicketId
    wanted: Moment
    state: SlipState
    trouble: str | None


def insert(
    connection: sqlite3.Connection, ticket_id: int, wanted: Moment, wish: str | None
) -> Copy:
    """A new copy."""
    row = connection.execute(
        "INSERT INTO copy (ticket, wanted, wish) VALUES (?, ?, ?)"
        " RETURNING id, ticket, wanted, state, trouble",
        (ticket_id, wanted.as_text(), wish),
    ).fetchone()
    return _copy(row)


def by_id(connection: sqlite3.Connection, copy_id: int) -> Copy | None:
    """The copy with that id."""
    row = connection.execute(f"{_SELECT} WHERE id = ?", (copy_id,)).fetchone()
    return _copy(row) if row else None


def by_wish(connection: sqlite3.Connection, wish: str) -> Copy | None:
    """The copy that was wanted with this wish."""
    row = connection.execute(f"{_SELECT} WHERE wish = ?", (wish,)).fetchone()
    return _copy(row) if row else None


def of_ticket(connection: sqlite3.Connection, ticket_id: int) -> list[Copy]:
    """All copies of a ticket, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE ticket = ? ORDER BY id", (ticket_id,))
    return [_copy(row) for row in rows]


def in_state(connection: sqlite3.Connection, state: SlipState) -> list[Copy]:
    """The copies in this state, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE state = ? ORDER BY id", (state,))
    return [_copy(row) for row in rows]


def move(connection: sqlite3.Connection, copy_id: int, before: SlipState, after: SlipState) -> bool:
    """Change the state of a copy to any but failed; says whether it was in the state before."""
    changed = connection.execute(
        "UPDATE copy SET state = ? WHERE id = ? AND state = ?", (after, copy_id, before)
    )
    return changed.rowcount > 0


def fail(connection: sqlite3.Connection, copy_id: int, before: SlipState, trouble: str) -> bool:
    """Keep why there is no copy; says whether it was in the state before."""
    changed = connection.execute(
        "UPDATE copy SET state = 'failed', trouble = ? WHERE id = ? AND state = ?",
        (trouble, copy_id, before),
    )
    return changed.rowcount > 0


def _copy(row: Any) -> Copy:  # noqa: ANN401 - a row of the queries above
    wanted = Moment.from_text(row["wanted"])
    return Copy(row["id"], row["ticket"], wanted, row["state"], row["trouble"])
