"""The appointments that are to come, and the numbers they have led to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.domain.appointment import Appointment
from kiosk.store.rows import as_row, columns_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_COLUMNS = columns_of(Appointment)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM appointment"  # noqa: S608 - our own field names
_REPLACE = (
    f"INSERT OR REPLACE INTO appointment ({', '.join(_COLUMNS)})"  # noqa: S608 - same
    f" VALUES ({', '.join(':' + name for name in _COLUMNS)})"
)


def everything(connection: sqlite3.Connection) -> list[Appointment]:
    """All of them, by time."""
    return _appointments(connection.execute(f"{_SELECT} ORDER BY time, code"))


def between(connection: sqlite3.Connection, first: datetime, until: datetime) -> list[Appointment]:
    """Those from `first` to before `until`, by time."""
    rows = connection.execute(
        f"{_SELECT} WHERE time >= ? AND time < ? ORDER BY time, code", (_text(first), _text(until))
    )
    return _appointments(rows)


def by_code(connection: sqlite3.Connection, code: str) -> Appointment | None:
    """The appointment with that code."""
    rows = connection.execute(f"{_SELECT} WHERE code = ?", (code,))
    return next(iter(_appointments(rows)), None)


def by_origin(connection: sqlite3.Connection, origin: str) -> Appointment | None:
    """The appointment that came without a code of its own, by what it was called in its file."""
    rows = connection.execute(f"{_SELECT} WHERE origin = ?", (origin,))
    return next(iter(_appointments(rows)), None)


def save(connection: sqlite3.Connection, appointment: Appointment) -> None:
    """Expect it, or keep what has changed about it."""
    connection.execute(_REPLACE, as_row(appointment))


def delete(connection: sqlite3.Connection, codes: Iterable[str]) -> None:
    """Forget some."""
    connection.executemany("DELETE FROM appointment WHERE code = ?", [(code,) for code in codes])


def delete_used(connection: sqlite3.Connection) -> None:
    """Forget those that have led to a number, right before the numbers are forgotten."""
    connection.execute("DELETE FROM appointment WHERE ticket IN (SELECT id FROM ticket)")


def delete_before(connection: sqlite3.Connection, time: datetime) -> None:
    """Forget what is long over."""
    connection.execute("DELETE FROM appointment WHERE time < ?", (_text(time),))


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()


def _appointments(rows: Iterable[sqlite3.Row]) -> list[Appointment]:
    return [
        Appointment(**{**dict(row), "time": datetime.fromisoformat(row["time"])}) for row in rows
    ]
