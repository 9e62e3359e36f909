"""Slips that are printed again, marked as copies: wanted, begun, then printed or failed, as slips.

A ticket that is forgotten takes its copies along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.ids import CopyId
from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3

    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.store.slips import SlipState


@dataclass(frozen=True, slots=True)
class Copy:
    """One more slip for a ticket; `trouble` is why it failed."""

    id: CopyId
    ticket: TicketId
    wanted: Moment
    state: SlipState = "wanted"
    trouble: str | None = None


_TABLE = Table("copy", Copy)


def insert(
    connection: sqlite3.Connection, ticket_id: TicketId, wanted: Moment, wish: str | None
) -> Copy:
    copy_id = _TABLE.add(connection, ticket=ticket_id, wanted=wanted, wish=wish)
    return Copy(CopyId(copy_id), ticket_id, wanted)


def by_wish(connection: sqlite3.Connection, wish: str) -> Copy | None:
    """The copy that was wanted with this wish."""
    return _TABLE.first(connection, "WHERE wish = ?", wish)


def of_ticket(connection: sqlite3.Connection, ticket_id: int) -> list[Copy]:
    """All copies of a ticket, oldest first."""
    return _TABLE.all(connection, "WHERE ticket = ? ORDER BY id", ticket_id)


def in_state(connection: sqlite3.Connection, state: SlipState) -> list[Copy]:
    """The copies in this state, oldest first."""
    return _TABLE.all(connection, "WHERE state = ? ORDER BY id", state)


def move(connection: sqlite3.Connection, copy_id: int, before: SlipState, after: SlipState) -> bool:
    """Change the state of a copy to any but failed; says whether it was in the state before."""
    found = "WHERE id = ? AND state = ?"
    return _TABLE.set(connection, {"state": after}, found, copy_id, before) > 0


def fail(connection: sqlite3.Connection, copy_id: int, before: SlipState, trouble: str) -> bool:
    """Keep why there is no copy; says whether it was in the state before."""
    failed, found = {"state": "failed", "trouble": trouble}, "WHERE id = ? AND state = ?"
    return _TABLE.set(connection, failed, found, copy_id, before) > 0
