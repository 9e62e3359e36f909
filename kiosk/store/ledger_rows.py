"""Append-only tables of the ledger's rows and signatures, guarded by triggers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


# In a damaged file a blob may have become anything else: read it as bytes, whose digest cannot fit.
_SELECT = (
    "SELECT sequence, ifnull(CAST(body AS BLOB), x''), ifnull(CAST(digest AS BLOB), x''),"
    " ifnull(CAST(signature AS BLOB), x'')"
    " FROM ledger LEFT JOIN ledger_signature USING (sequence)"
)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry as it was written; `digest` chains it to the one before. Unsigned it has b""."""

    sequence: int
    body: bytes
    digest: bytes
    signature: bytes = b""


def append(connection: sqlite3.Connection, row: LedgerRow) -> None:
    connection.execute(
        "INSERT INTO ledger (sequence, body, digest) VALUES (?, ?, ?)",
        (row.sequence, row.body, row.digest),
    )
    sign(connection, row.sequence, row.signature)


def sign(connection: sqlite3.Connection, sequence: int, signature: bytes) -> None:
    """Write an entry's signature for good."""
    connection.execute(
        "INSERT INTO ledger_signature (sequence, signature) VALUES (?, ?)", (sequence, signature)
    )


def last(connection: sqlite3.Connection) -> LedgerRow | None:
    row = connection.execute(f"{_SELECT} ORDER BY sequence DESC LIMIT 1").fetchone()
    return LedgerRow(*row) if row else None


def last_signed(connection: sqlite3.Connection) -> int:
    """The highest sequence number that was ever signed, 0 for none."""
    return int(
        connection.execute("SELECT ifnull(max(sequence), 0) FROM ledger_signature").fetchone()[0]
    )


def list_all(connection: sqlite3.Connection) -> list[LedgerRow]:
    """All entries, oldest first."""
    return [LedgerRow(*row) for row in connection.execute(f"{_SELECT} ORDER BY sequence")]
