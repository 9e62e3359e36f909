"""Salts of the random draw, one for each counted month: made with its first count, gone with it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_BYTES: Final = 32


def ensure(connection: sqlite3.Connection, month: str) -> None:
    """Make the salt of a month, unless it has one."""
    connection.execute(
        "INSERT INTO draw_salt (month, salt) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (month, secrets.token_bytes(_BYTES)),
    )


def of(connection: sqlite3.Connection, months: Iterable[str]) -> list[bytes]:
    """The salts of these months, in their order. Raises `LookupError` where one has none."""
    rows = connection.execute("SELECT month, salt FROM draw_salt")
    salts = {row["month"]: row["salt"] for row in rows}
    return [salts[month] for month in sorted(months)]


def move(connection: sqlite3.Connection, month: str, other: str) -> None:
    """Give the salt of one month to another that has none."""
    connection.execute(
        "INSERT INTO draw_salt (month, salt) SELECT ?, salt FROM draw_salt WHERE month = ?"
        " ON CONFLICT DO NOTHING",
        (other, month),
    )
    destroy(connection, month)


def destroy(connection: sqlite3.Connection, month: str) -> None:
    """Overwrite and delete the salt of a month."""
    connection.execute("DELETE FROM draw_salt WHERE month = ?", (month,))
