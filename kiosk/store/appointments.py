"""Table of the upcoming appointments, with the tickets of those checked in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.domain.appointment import Appointment
from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_TABLE = Table("appointment", Appointment)


def list_all(connection: sqlite3.Connection) -> list[Appointment]:
    """All of them, by time."""
    return _TABLE.all(connection, "ORDER BY time, code")


def between(connection: sqlite3.Connection, first: datetime, until: datetime) -> list[Appointment]:
    """Those from `first` to before `until`, by time."""
    within = "WHERE time >= ? AND time < ? ORDER BY time, code"
    return _TABLE.all(connection, within, _text(first), _text(until))


def by_code(connection: sqlite3.Connection, code: str) -> Appointment | None:
    """The appointment with that code. Where none has it, the only one that has it but for zeros.

    A spreadsheet takes a code for a number, and drops the zeros that it begins with.
    """
    exact = _TABLE.first(connection, "WHERE code = ?", code)
    if exact:
        return exact
    alike = _TABLE.all(connection, "WHERE ltrim(code, '0') = ltrim(?, '0') LIMIT 2", code)
    return alike[0] if len(alike) == 1 else None


def by_origin(connection: sqlite3.Connection, origin: str) -> Appointment | None:
    """The appointment that came without a code of its own, by what it was called in its file."""
    return _TABLE.first(connection, "WHERE origin = ?", origin)


def save(connection: sqlite3.Connection, appointment: Appointment) -> None:
    _TABLE.put(connection, appointment)


def delete(connection: sqlite3.Connection, codes: Iterable[str]) -> None:
    """Delete the rows of these codes."""
    for code in codes:
        _TABLE.delete(connection, "WHERE code = ?", code)


def delete_used(connection: sqlite3.Connection) -> None:
    """Forget those that have led to a number, right before the numbers are forgotten."""
    _TABLE.delete(connection, "WHERE ticket IN (SELECT id FROM ticket)")


def release_used(connection: sqlite3.Connection) -> None:
    """Expect those again that have led to a number, right before the numbers are forgotten."""
    _TABLE.set(connection, {"ticket": None}, "WHERE ticket IN (SELECT id FROM ticket)")


def delete_before(connection: sqlite3.Connection, time: datetime) -> None:
    """Delete the rows of appointments before that time."""
    _TABLE.delete(connection, "WHERE time < ?", _text(time))


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()
