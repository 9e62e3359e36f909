"""The ledger's rows: closed periods, which the database itself refuses to change or to delete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


# In a damaged file a blob may have become anything else: read it as bytes, whose digest cannot fit.
_SELECT = (
    "SELECT sequence, ifnull(CAST(body AS BLOB), x''), ifnull(CAST(digest AS BLOB), x'')"
    " FROM ledger"
)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry as it was written; `digest` chains it to the one before."""

    sequence: int
    body: bytes
    digest: bytes


def append(connection: sqlite3.Connection, row: LedgerRow) -> None:
    """Write an entry for good."""
    connection.execute(
        "INSERT INTO ledger (sequence, body, digest) VALUES (?, ?, ?)",
        (row.sequence, row.body, row.digest),
    )


def last(connection: sqlite3.Connection) -> LedgerRow | None:
    row = connection.execute(f"{_SELECT} ORDER BY sequence DESC LIMIT 1").fetchone()
    return LedgerRow(*row) if row else None


def everything(connection: sqlite3.Connection) -> list[LedgerRow]:
    """All entries, oldest first."""
    return [LedgerRow(*row) for row in connection.execute(f"{_SELECT} ORDER BY sequence")]
