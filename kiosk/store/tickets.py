"""The open visit's tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.outcome import Outcome
from kiosk.domain.queue import Waiting
from kiosk.domain.ticket import AT_DESK, ENDED, Ticket, TicketState
from kiosk.store.rows import as_row, columns_of, with_moments

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_COLUMNS = columns_of(Ticket)
_MOMENTS = ("taken", "first_call", "started", "ended")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM ticket"  # noqa: S608 - our own field names
_INSERT = (
    f"INSERT INTO ticket ({', '.join(_COLUMNS)}, wish)"  # noqa: S608 - our own field names
    f" VALUES ({', '.join(':' + name for name in _COLUMNS)}, :wish)"
)
_UPDATE = (
    f"UPDATE ticket SET {', '.join(f'{name} = :{name}' for name in _COLUMNS)}"  # noqa: S608 - same
    " WHERE id = :id"
)


def insert(connection: sqlite3.Connection, ticket: Ticket, wish: str | None) -> None:
    """A new ticket; the database refuses a number that is open already."""
    connection.execute(_INSERT, {**as_row(ticket), "wish": wish})


def save(connection: sqlite3.Connection, ticket: Ticket) -> None:
    """A ticket after a step."""
    connection.execute(_UPDATE, as_row(ticket))


def everyone(connection: sqlite3.Connection) -> list[Ticket]:
    """All tickets of the visit, by sequence."""
    return _tickets(connection.execute(f"{_SELECT} ORDER BY sequence"))


def in_states(connection: sqlite3.Connection, *states: TicketState) -> list[Ticket]:
    """The tickets in one of these states, by sequence."""
    marks = ", ".join("?" * len(states))
    query = f"{_SELECT} WHERE state IN ({marks}) ORDER BY sequence"
    return _tickets(connection.execute(query, states))


def waiting(connection: sqlite3.Connection) -> list[Waiting]:
    """Who waits, in no order: only what the order needs, because this is read at every tap."""
    rows = connection.execute(
        "SELECT place, misses, sequence, id, topic FROM ticket WHERE state = ?",
        (TicketState.WAITING,),
    )
    return [Waiting(*row) for row in rows]


def by_id(connection: sqlite3.Connection, ticket_id: int) -> Ticket | None:
    """The ticket with that id."""
    return _one(connection.execute(f"{_SELECT} WHERE id = ?", (ticket_id,)))


def by_wish(connection: sqlite3.Connection, wish: str) -> Ticket | None:
    """The ticket that was given for a citizen's wish."""
    return _one(connection.execute(f"{_SELECT} WHERE wish = ?", (wish,)))


def at_desk(connection: sqlite3.Connection, desk: str) -> Ticket | None:
    """Whom the desk has called or serves."""
    query = f"{_SELECT} WHERE desk = ? AND state IN (?, ?)"
    return _one(connection.execute(query, (desk, *AT_DESK)))


def numbers_in_use(connection: sqlite3.Connection, letter: str) -> set[str]:
    """The open numbers of a letter."""
    rows = connection.execute(
        "SELECT number FROM ticket WHERE number GLOB ? || '-*' AND state NOT IN (?, ?)",
        (letter, *ENDED),
    )
    return {row["number"] for row in rows}


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget the visit's people, when they have become counts."""
    connection.execute("DELETE FROM ticket")


def _one(rows: Iterable[sqlite3.Row]) -> Ticket | None:
    return next(iter(_tickets(rows)), None)


def _tickets(rows: Iterable[sqlite3.Row]) -> list[Ticket]:
    return [_ticket(row) for row in rows]


def _ticket(row: sqlite3.Row) -> Ticket:
    values = with_moments(row, _MOMENTS)
    values["state"] = TicketState(values["state"])
    values["priority"] = bool(values["priority"])
    if values["outcome"] is not None:
        values["outcome"] = Outcome(values["outcome"])
    return Ticket(**values)
