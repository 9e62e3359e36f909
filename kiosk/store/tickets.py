"""The open visit's tickets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.domain.queue import Waiting
from kiosk.domain.record import Record
from kiosk.domain.ticket import AT_DESK, ENDED, Ticket, TicketState
from kiosk.store.rows import as_row, columns_of, with_moments

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping

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


def latest(connection: sqlite3.Connection, most: int) -> list[Ticket]:
    """The tickets taken last, newest first."""
    return _tickets(connection.execute(f"{_SELECT} ORDER BY sequence DESC LIMIT ?", (most,)))


def latest_called(connection: sqlite3.Connection, most: int) -> list[Ticket]:
    """Of the tickets that have been called, those taken last, newest first."""
    query = f"{_SELECT} WHERE first_call IS NOT NULL ORDER BY sequence DESC LIMIT ?"
    return _tickets(connection.execute(query, (most,)))


def in_states(connection: sqlite3.Connection, *states: TicketState) -> list[Ticket]:
    """The tickets in one of these states, by sequence."""
    query = f"{_SELECT} WHERE state IN ({_marks(states)}) ORDER BY sequence"
    return _tickets(connection.execute(query, states))


def waiting(connection: sqlite3.Connection) -> list[Waiting]:
    """Who waits, in no order: only what the order needs, because this is read at every tap."""
    rows = connection.execute(
        "SELECT place, misses, sequence, id, topic,"
        " iif(late OR misses, NULL, appointment) FROM ticket WHERE state = ?",
        (TicketState.WAITING,),
    )
    return [
        Waiting(place, misses, sequence, ticket, topic, _time(appointment))
        for place, misses, sequence, ticket, topic, appointment in rows
    ]


def by_id(connection: sqlite3.Connection, ticket_id: int) -> Ticket | None:
    """The ticket with that id."""
    return _one(connection.execute(f"{_SELECT} WHERE id = ?", (ticket_id,)))


def by_wish(connection: sqlite3.Connection, wish: str) -> Ticket | None:
    """The ticket that was given for a citizen's wish."""
    return _one(connection.execute(f"{_SELECT} WHERE wish = ?", (wish,)))


def by_code(connection: sqlite3.Connection, code: str) -> Ticket | None:
    """The ticket whose page has that name."""
    return _one(connection.execute(f"{_SELECT} WHERE code = ?", (code,)))


def row_of(connection: sqlite3.Connection, ticket_id: int) -> dict[str, Any] | None:
    """A ticket as it is stored, to be compared or put back later."""
    row = connection.execute(f"{_SELECT} WHERE id = ?", (ticket_id,)).fetchone()
    return dict(row) if row else None


def put_back(connection: sqlite3.Connection, row: Mapping[str, Any]) -> None:
    """Store a ticket again as `row_of` told it."""
    connection.execute(_UPDATE, dict(row))


def delete(connection: sqlite3.Connection, ticket_id: int) -> None:
    """Forget a ticket that was taken by mistake; its number is not given again."""
    connection.execute("DELETE FROM ticket WHERE id = ?", (ticket_id,))


def at_desk(connection: sqlite3.Connection, desk: str) -> Ticket | None:
    """Whom the desk has called or serves."""
    query = f"{_SELECT} WHERE desk = ? AND state IN ({_marks(AT_DESK)})"
    return _one(connection.execute(query, (desk, *AT_DESK)))


def numbers_in_use(connection: sqlite3.Connection, letter: str) -> set[str]:
    """The open numbers of a letter."""
    rows = connection.execute(
        f"SELECT number FROM ticket WHERE number GLOB ? || '-*' AND state NOT IN ({_marks(ENDED)})",  # noqa: S608 - marks only
        (letter, *ENDED),
    )
    return {row["number"] for row in rows}


def delete_all(connection: sqlite3.Connection) -> None:
    """Forget the visit's people, when they have become counts."""
    connection.execute("DELETE FROM ticket")


def _marks(states: Collection[TicketState]) -> str:
    return ", ".join("?" * len(states))


def _one(rows: Iterable[sqlite3.Row]) -> Ticket | None:
    return next(iter(_tickets(rows)), None)


def _tickets(rows: Iterable[sqlite3.Row]) -> list[Ticket]:
    return [_ticket(row) for row in rows]


def _ticket(row: sqlite3.Row) -> Ticket:
    values = with_moments(row, _MOMENTS)
    values["state"] = TicketState(values["state"])
    values["priority"] = bool(values["priority"])
    values["late"] = bool(values["late"])
    values["appointment"] = _time(values["appointment"])
    if values["record"] is not None:
        values["record"] = Record.from_text(values["record"])
    return Ticket(**values)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
