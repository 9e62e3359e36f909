"""Slips that say what was promised: wanted, begun, then printed or failed, as other paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.ids import ReminderId, TicketId
from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3

    from kiosk.domain.ids import LanguageCode, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.store.slips import SlipState


@dataclass(frozen=True, slots=True)
class Reminder:
    """Of the appointment with this `code`; without one, that the person will be called back.

    `number` is that of the ticket, empty without one.
    """

    id: ReminderId
    ticket: TicketId | None
    number: str
    topic: TopicId
    language: LanguageCode
    code: str | None
    wanted: Moment


_TABLE = Table("reminder", Reminder)


def insert(connection: sqlite3.Connection, reminder: Reminder) -> ReminderId:
    """Have it printed; its id is drawn."""
    columns = {name: getattr(reminder, name) for name in _TABLE.columns if name != "id"}
    return ReminderId(_TABLE.add(connection, **columns))


def in_state(connection: sqlite3.Connection, state: SlipState) -> list[Reminder]:
    """The reminders in this state, oldest first."""
    return _TABLE.all(connection, "WHERE state = ? ORDER BY id", state)


def move(
    connection: sqlite3.Connection, reminder_id: int, before: SlipState, after: SlipState
) -> bool:
    """Change the state of a reminder; says whether it was in the state before."""
    found = "WHERE id = ? AND state = ?"
    return _TABLE.set(connection, {"state": after}, found, reminder_id, before) > 0


def call_back_states(connection: sqlite3.Connection) -> dict[TicketId, SlipState]:
    """What has become of the newest reminder of each call back, by ticket."""
    rows = connection.execute(
        "SELECT ticket, state FROM reminder WHERE code IS NULL AND ticket IS NOT NULL ORDER BY id"
    )
    return {TicketId(row["ticket"]): row["state"] for row in rows}


def called_back(connection: sqlite3.Connection) -> set[TicketId]:
    """The tickets whose holders were called back."""
    return {TicketId(row["ticket"]) for row in connection.execute("SELECT ticket FROM called_back")}


def set_called_back(connection: sqlite3.Connection, ticket: TicketId, *, done: bool) -> None:
    """Note that a person was called back, or not yet."""
    if done:
        connection.execute("INSERT OR IGNORE INTO called_back (ticket) VALUES (?)", (ticket,))
    else:
        connection.execute("DELETE FROM called_back WHERE ticket = ?", (ticket,))


def delete_all(connection: sqlite3.Connection) -> None:
    _TABLE.delete(connection)
    connection.execute("DELETE FROM called_back")
