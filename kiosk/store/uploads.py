"""Deliveries to servers: which archive of which period was tried, and which was acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Upload:
    """An archive that was sent at least once. `tried` is when it was sent first."""

    target: str
    period: str
    sha256: str
    tried: datetime
    acknowledged: datetime | None = None


_TABLE = Table("upload", Upload)


def note_try(connection: sqlite3.Connection, upload: Upload) -> None:
    """Remember an archive before it is sent; one that is known keeps what is known of it."""
    _TABLE.put(connection, upload, known="IGNORE")


def acknowledge(
    connection: sqlite3.Connection, target: str, period: str, sha256: str, now: datetime
) -> None:
    """The target has it: the period is delivered."""
    _TABLE.set(
        connection,
        {"acknowledged": now},
        "WHERE target = ? AND period = ? AND sha256 = ?",
        *(target, period, sha256),
    )


def acknowledged_periods(connection: sqlite3.Connection, target: str) -> set[str]:
    """The periods that a target has acknowledged."""
    rows = _TABLE.all(connection, "WHERE target = ? AND acknowledged IS NOT NULL", target)
    return {row.period for row in rows}


def was_tried(connection: sqlite3.Connection, target: str, period: str, sha256: str) -> bool:
    """Whether an archive with this digest was sent there."""
    where = "WHERE target = ? AND period = ? AND sha256 = ?"
    return _TABLE.first(connection, where, target, period, sha256) is not None


def last_acknowledged(connection: sqlite3.Connection, target: str) -> datetime | None:
    """When a target acknowledged something last."""
    newest = "WHERE target = ? AND acknowledged IS NOT NULL ORDER BY acknowledged DESC"
    row = _TABLE.first(connection, newest, target)
    return row.acknowledged if row else None
