"""Table of the newest version (SEQUENCE) of each appointment of a calendar, cancelled ones too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class AppointmentVersion:
    """`origin` is the digest of what its file calls it, `time` when it takes place."""

    origin: str
    sequence: int
    time: datetime


_TABLE = Table("appointment_version", AppointmentVersion)


def newest(connection: sqlite3.Connection, origin: str) -> int | None:
    found = _TABLE.first(connection, "WHERE origin = ?", origin)
    return found.sequence if found else None


def save(connection: sqlite3.Connection, origin: str, sequence: int, time: datetime) -> None:
    _TABLE.put(connection, AppointmentVersion(origin, sequence, time.astimezone(UTC)))


def delete_before(connection: sqlite3.Connection, time: datetime) -> None:
    """Delete the rows of appointments before that time."""
    _TABLE.delete(connection, "WHERE time < ?", time.astimezone(UTC).isoformat())
