"""Table of the open visit's tickets; most reads are answered by the cache of the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from kiosk.domain.ticket import AT_DESK, Ticket
from kiosk.store.visit_cache import TICKETS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kiosk.domain.queue import QueueEntry
    from kiosk.domain.waiting.history import History
    from kiosk.store.table import Value
    from kiosk.store.visit_cache import Connection


def insert(connection: Connection, ticket: Ticket, wish: str | None) -> None:
    """A new ticket; the database refuses a number that is open already."""
    TICKETS.insert(connection, ticket, wish=wish)
    connection.visit_cache.put(ticket.id, ticket)


def save(connection: Connection, before: Ticket, after: Ticket) -> None:
    """Update the columns that a step has changed."""
    TICKETS.update(connection, before, after)
    connection.visit_cache.put(after.id, after)


def list_all(connection: Connection) -> tuple[Ticket, ...]:
    """All tickets of the visit, by sequence."""
    return connection.cache.tickets


def latest(connection: Connection, most: int) -> Sequence[Ticket]:
    """The tickets taken last, newest first."""
    return connection.cache.tickets[: -most - 1 : -1]


def history(connection: Connection) -> History:
    """The tickets that have been called."""
    return connection.cache.history


def waiting(connection: Connection) -> list[QueueEntry]:
    """Who waits, in no order."""
    return connection.cache.waiting


def by_id(connection: Connection, ticket_id: int) -> Ticket | None:
    return connection.cache.ticket(ticket_id)


def uncached(connection: Connection) -> list[Ticket]:
    """All tickets in the file: those of a visit that was closed and is not counted yet, too."""
    return TICKETS.all(connection, "ORDER BY sequence")


def uncached_by_id(connection: Connection, ticket_id: int) -> Ticket | None:
    """The ticket with that id, in the file."""
    found = by_id(connection, ticket_id)
    return found or TICKETS.first(connection, "WHERE id = ?", ticket_id)


def by_wish(connection: Connection, wish: str) -> Ticket | None:
    """The ticket that was given for a citizen's wish."""
    row = connection.execute("SELECT id FROM ticket WHERE wish = ?", (wish,)).fetchone()
    return by_id(connection, row["id"]) if row else None


def by_code(connection: Connection, code: str) -> Ticket | None:
    """The ticket whose page has that name."""
    return next((ticket for ticket in list_all(connection) if ticket.code == code), None)


def uncached_by_code(connection: Connection, code: str) -> Ticket | None:
    """The same of all tickets in the file."""
    return TICKETS.first(connection, "WHERE code = ?", code)


def checksum(ticket: Ticket) -> int:
    """A number that is another one for any other ticket, or the same after another step."""
    return crc32(repr(TICKETS.stored(ticket)).encode())


def columns_changed(old: Ticket, new: Ticket) -> tuple[dict[str, Value], dict[str, Value]]:
    """The columns in which two states of a ticket differ, as they are stored before and after."""
    after = TICKETS.changes(old, new)
    before = {column: getattr(old, column) for column in after}
    return TICKETS.encoded_by_column(before), TICKETS.encoded_by_column(after)


def before_step(
    connection: Connection, ticket_id: int, columns: Mapping[str, Value]
) -> Ticket | None:
    """A ticket as it was when these columns were so."""
    now = by_id(connection, ticket_id)
    return TICKETS.decoded(({**TICKETS.stored(now), **columns}).values()) if now else None


def put_back(connection: Connection, ticket_id: int, columns: Mapping[str, Value]) -> None:
    """Store these columns of a ticket as they were before a step."""
    now = by_id(connection, ticket_id)
    before = before_step(connection, ticket_id, columns)
    if now and before:
        TICKETS.update(connection, now, before)
        connection.visit_cache.put(ticket_id, before)


def delete(connection: Connection, ticket_id: int) -> None:
    """Forget a ticket that was taken by mistake; its number is not given again."""
    TICKETS.delete(connection, "WHERE id = ?", ticket_id)
    connection.visit_cache.put(ticket_id, None)


def at_desk(connection: Connection, desk: str) -> Ticket | None:
    """The ticket that a desk has called or serves."""
    there = (t for t in list_all(connection) if t.desk == desk and t.state in AT_DESK)
    return next(there, None)


def open_numbers(connection: Connection) -> Collection[str]:
    """The numbers of all who are still there."""
    return connection.cache.open_numbers


def delete_all(connection: Connection) -> None:
    """Delete all rows, when they have become counts."""
    TICKETS.delete(connection)
    connection.visit_cache.forget()
