"""The open visit's tickets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.domain.queue import QueueEntry
from kiosk.domain.ticket import AT_DESK, ENDED, Ticket, TicketState
from kiosk.store.table import Table, marks, select, update

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

_TABLE = Table("ticket", Ticket)


def insert(connection: sqlite3.Connection, ticket: Ticket, wish: str | None) -> None:
    """A new ticket; the database refuses a number that is open already."""
    _TABLE.insert(connection, ticket, wish=wish)


def save(connection: sqlite3.Connection, ticket: Ticket) -> None:
    """A ticket after a step."""
    before = by_id(connection, ticket.id)
    if before:
        _TABLE.update(connection, before, ticket)


def everyone(connection: sqlite3.Connection) -> list[Ticket]:
    """All tickets of the visit, by sequence."""
    return _TABLE.all(connection, "ORDER BY sequence")


def latest(connection: sqlite3.Connection, most: int) -> list[Ticket]:
    """The tickets taken last, newest first."""
    return _TABLE.all(connection, "ORDER BY sequence DESC LIMIT ?", most)


def latest_called(connection: sqlite3.Connection, most: int) -> list[Ticket]:
    """Of the tickets that have been called, those taken last, newest first."""
    called = "WHERE first_call IS NOT NULL ORDER BY sequence DESC LIMIT ?"
    return _TABLE.all(connection, called, most)


def in_states(connection: sqlite3.Connection, *states: TicketState) -> list[Ticket]:
    """The tickets in one of these states, by sequence."""
    return _TABLE.all(connection, f"WHERE state IN ({marks(states)}) ORDER BY sequence", *states)


def waiting(connection: sqlite3.Connection) -> list[QueueEntry]:
    """Who waits, in no order: only what the order needs, because this is read at every tap."""
    rows = connection.execute(
        "SELECT place, misses, sequence, id, topic,"
        " iif(late OR misses, NULL, appointment) FROM ticket WHERE state = ?",
        (TicketState.WAITING,),
    )
    return [
        QueueEntry(place, misses, sequence, ticket, topic, _time(appointment))
        for place, misses, sequence, ticket, topic, appointment in rows
    ]


def by_id(connection: sqlite3.Connection, ticket_id: int) -> Ticket | None:
    """The ticket with that id."""
    return _TABLE.first(connection, "WHERE id = ?", ticket_id)


def by_wish(connection: sqlite3.Connection, wish: str) -> Ticket | None:
    """The ticket that was given for a citizen's wish."""
    return _TABLE.first(connection, "WHERE wish = ?", wish)


def by_code(connection: sqlite3.Connection, code: str) -> Ticket | None:
    """The ticket whose page has that name."""
    return _TABLE.first(connection, "WHERE code = ?", code)


def row_of(connection: sqlite3.Connection, ticket_id: int) -> dict[str, Any] | None:
    """A ticket as it is stored, to be compared or put back later."""
    row = connection.execute(f"{_TABLE.select} WHERE id = ?", (ticket_id,)).fetchone()
    return dict(row) if row else None


def put_back(connection: sqlite3.Connection, row: Mapping[str, Any]) -> None:
    """Store a ticket again as `row_of` told it."""
    connection.execute(f"{update('ticket', tuple(row))} WHERE id = ?", (*row.values(), row["id"]))


def delete(connection: sqlite3.Connection, ticket_id: int) -> None:
    """Forget a ticket that was taken by mistake; its number is not given again."""
    _TABLE.delete(connection, "WHERE id = ?", ticket_id)


def at_desk(connection: sqlite3.Connection, desk: str) -> Ticket | None:
    """Whom the desk has called or serves."""
    there = f"WHERE desk = ? AND state IN ({marks(AT_DESK)})"
    return _TABLE.first(connection, there, desk, *AT_DESK)


def numbers_in_use(connection: sqlite3.Connection, letter: str) -> set[str]:
    """The open numbers of a letter."""
    rows = connection.execute(
        f"{select('ticket', ['number'])} WHERE number GLOB ? || '-*'"
        f" AND state NOT IN ({marks(ENDED)})",
        (letter, *ENDED),
    )
    return {row["number"] for row in rows}


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget the visit's people, when they have become counts."""
    _TABLE.delete(connection)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
