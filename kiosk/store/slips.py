"""State of each ticket's slip: wanted, begun, then printed or failed.

`begun` is committed before the printer hears anything. A process that finds it after a crash cannot
know whether paper came out, so such a slip is never printed again by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import sqlite3

SlipState = Literal["wanted", "begun", "printed", "failed"]


def in_state(connection: sqlite3.Connection, state: SlipState) -> list[int]:
    """The ids of the tickets whose slip is in this state, oldest first."""
    rows = connection.execute("SELECT id FROM ticket WHERE slip = ? ORDER BY sequence", (state,))
    return [row["id"] for row in rows]


def state_of(connection: sqlite3.Connection, ticket_id: int) -> SlipState | None:
    """What has become of a ticket's slip; None when there is no such ticket."""
    row = connection.execute("SELECT slip FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    state: SlipState | None = row["slip"] if row else None
    return state


def move(
    connection: sqlite3.Connection, ticket_id: int, before: SlipState, after: SlipState
) -> bool:
    """Change the state of a slip; says whether it was in the state before."""
    changed = connection.execute(
        "UPDATE ticket SET slip = ? WHERE id = ? AND slip = ?", (after, ticket_id, before)
    )
    return changed.rowcount > 0
