"""The ledger: closed periods in a hash chain, each digest over the entry and everything before it.

A changed, exchanged, inserted or removed entry breaks the chain from there on. What the chain alone
cannot show is that the newest entries are missing, or that all of it was written anew.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from kiosk.counts.ledger_entry import ClosedPeriod, decode_entry, encode_entry
from kiosk.domain.errors import KioskError
from kiosk.store import ledger
from kiosk.store.ledger import LedgerRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.counts.ledger_entry import LedgerEntry
    from kiosk.store.database import Connection

_BEGINNING = bytes(32)


class LedgerBroken(KioskError):
    """The ledger is not what was written; nothing that builds on it is published any more."""

    def __init__(self, sequence: int) -> None:
        self.sequence = sequence
        super().__init__(
            f"The ledger was changed or damaged at entry {sequence}, so nothing from there on can"
            " be trusted: keep the file, and put the last backup back: docs/technicians.md, Backup."
        )


class LedgerFromTheFuture(KioskError):
    """An entry in a form that this version does not know."""

    def __init__(self, sequence: int) -> None:
        self.sequence = sequence
        super().__init__(
            f"Ledger entry {sequence} was written by another version of this program:"
            " update this one."
        )


def append(connection: Connection, entry: LedgerEntry) -> None:
    """Freeze an entry for good."""
    last = ledger.last(connection)
    sequence = length(connection) + 1
    body = encode_entry(entry)
    digest = _digest(last.digest if last else _BEGINNING, sequence, body)
    ledger.append(connection, LedgerRow(sequence, body, digest))


def read(connection: Connection) -> list[LedgerEntry]:
    """All entries, oldest first, checked. Raises `LedgerBroken`, `LedgerFromTheFuture`."""
    rows = ledger.everything(connection)
    before = _BEGINNING
    for expected, row in enumerate(rows, start=1):
        if row.sequence != expected or not _fits(before, row):
            raise LedgerBroken(expected)
        before = row.digest
    return [_entry(row) for row in rows]


def length(connection: Connection) -> int:
    """How many entries there are."""
    last = ledger.last(connection)
    return last.sequence if last else 0


def periods(entries: Iterable[LedgerEntry]) -> list[ClosedPeriod]:
    """The closed periods among the entries, in the order of the calendar."""
    found = [entry for entry in entries if isinstance(entry, ClosedPeriod)]
    return sorted(found, key=lambda period: (period.month, period.part))


def _digest(before: bytes, sequence: int, body: bytes) -> bytes:
    return hashlib.sha256(before + sequence.to_bytes(8, "big") + body).digest()


def _fits(before: bytes, row: LedgerRow) -> bool:
    return row.digest == _digest(before, row.sequence, row.body)


def _entry(row: LedgerRow) -> LedgerEntry:
    try:
        return decode_entry(row.body)
    except msgspec.MsgspecError:
        raise LedgerFromTheFuture(row.sequence) from None
