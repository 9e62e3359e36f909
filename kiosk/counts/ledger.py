"""The ledger: closed periods in a hash chain, each entry signed by the box.

A digest covers its entry and everything before it, a signature its digest. So a changed, exchanged,
inserted, repeated or removed entry is found, and one written with another
key. What only receivers of packages can find is in docs/decisions/0022-signing-key.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import msgspec

from kiosk.counts.ledger_entry import decode_entry, encode_entry
from kiosk.counts.signing import find_signing_key, make_signing_key
from kiosk.domain.errors import KioskError
from kiosk.store import ledger_rows
from kiosk.store.ledger_rows import LedgerRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.counts.signing import PublicKey, SigningKey
    from kiosk.store.database import Connection, Database

_BEGINNING: Final = bytes(32)
_PURPOSE: Final = b"radhaus ledger entry\n"
"""No signature of an entry can be passed off as one of something else."""


class LedgerBroken(KioskError):
    """The ledger is not what was written; nothing that builds on it is published any more."""

    def __init__(self, sequence: int, found: str) -> None:
        self.sequence = sequence
        self.found = f"Entry {sequence} of the ledger {found}"
        super().__init__(
            f"{self.found}, so nothing from there on can be trusted:"
            " keep the file, and put the last backup back: docs/backup.md."
        )


class NewerLedger(KioskError):
    """An entry in a form that this version does not know."""

    def __init__(self, sequence: int) -> None:
        self.sequence = sequence
        super().__init__(
            f"Ledger entry {sequence} was written by another version of this program:"
            " update this one."
        )


@dataclass(frozen=True, slots=True)
class FrozenEntry:
    """An entry in its place; `digest` stands for it and for everything before it.

    `body` are the bytes that the digest covers: another version would encode them otherwise.
    """

    sequence: int
    digest: bytes
    entry: ClosedPeriod
    body: bytes


def append(connection: Connection, entry: ClosedPeriod) -> None:
    key = signing_key(connection)
    last = ledger_rows.last(connection)
    row = LedgerRow(last.sequence + 1 if last else 1, encode_entry(entry), b"")
    digest = _digest(last.digest if last else _BEGINNING, row.sequence, row.body)
    ledger_rows.append(connection, replace(row, digest=digest, signature=_signed(key, digest)))


def read(connection: Connection) -> list[ClosedPeriod]:
    """All entries, oldest first, checked. Raises `LedgerBroken`, `NewerLedger`."""
    return [frozen.entry for frozen in read_frozen(connection)]


def read_frozen(connection: Connection) -> list[FrozenEntry]:
    """All entries with their digests, oldest first, checked. Raises as `read` does."""
    rows = ledger_rows.list_all(connection)
    key = find_signing_key(connection)
    _check(rows, key.public if key else None, ledger_rows.last_signed(connection))
    return [FrozenEntry(row.sequence, row.digest, _entry(row), row.body) for row in rows]


def signing_key(connection: Connection) -> SigningKey:
    """The key of this box, in a write transaction.

    Where there was none, from before entries were signed, it is made, and signs what is there.
    Raises `LedgerBroken`.
    """
    if key := find_signing_key(connection):
        return key
    rows = ledger_rows.list_all(connection)
    _check(rows, None, ledger_rows.last_signed(connection))
    key = make_signing_key(connection)
    for row in rows:
        ledger_rows.sign(connection, row.sequence, _signed(key, row.digest))
    return key


def box_key(database: Database) -> SigningKey:
    """The key of this box as by `signing_key`, without a write transaction where it is there."""
    with database.read() as connection:
        key = find_signing_key(connection)
    if key:
        return key
    with database.write() as connection:
        return signing_key(connection)


def length(connection: Connection) -> int:
    last = ledger_rows.last(connection)
    return last.sequence if last else 0


def in_calendar_order(entries: Iterable[ClosedPeriod]) -> list[ClosedPeriod]:
    """The closed periods in the order of the calendar."""
    return sorted(entries, key=lambda period: (period.last_day, period.part))


def _check(rows: Sequence[LedgerRow], key: PublicKey | None, last_signed: int) -> None:
    """Raise `LedgerBroken` at the first entry that is not what this box has written there."""
    before = _BEGINNING
    for expected, row in enumerate(rows, start=1):
        if row.sequence != expected:
            raise LedgerBroken(expected, "is missing")
        if row.digest != _digest(before, row.sequence, row.body):
            raise LedgerBroken(expected, _what_stands_there(row, rows))
        before = row.digest
    if last_signed > len(rows):
        raise LedgerBroken(len(rows) + 1, "is missing, and it was the last or one of the last")
    if key or last_signed:
        _check_signatures(rows, key)


def _check_signatures(rows: Sequence[LedgerRow], key: PublicKey | None) -> None:
    if key is None:
        raise LedgerBroken(1, "cannot be checked: the key that signed it is gone")
    wrong = [row for row in rows if not key.verifies(row.signature, _PURPOSE + row.digest)]
    if not wrong:
        return
    if len(wrong) == len(rows) and all(row.signature for row in rows):
        raise LedgerBroken(1, "and all others are signed by another box's key, or the key changed")
    found = "has a signature that is not of this box" if wrong[0].signature else "is not signed"
    raise LedgerBroken(wrong[0].sequence, f"{found}: it was not written by this box")


def _what_stands_there(row: LedgerRow, rows: Sequence[LedgerRow]) -> str:
    """What became of an entry whose digest does not fit."""
    for other in rows:
        if other is not row and other.body == row.body:
            return f"repeats entry {other.sequence}"
    befores = [_BEGINNING, *(other.digest for other in rows)]
    for place in range(1, len(rows) + 2):
        if any(row.digest == _digest(before, place, row.body) for before in befores):
            return f"was exchanged: what stands there was written as entry {place}"
    return "was changed or damaged"


def entry_digest(before: bytes | None, sequence: int, body: bytes) -> bytes:
    """What stands for an entry after the one of that digest; None before the first."""
    return _digest(before or _BEGINNING, sequence, body)


def _digest(before: bytes, sequence: int, body: bytes) -> bytes:
    return hashlib.sha256(before + sequence.to_bytes(8, "big") + body).digest()


def _signed(key: SigningKey, digest: bytes) -> bytes:
    return key.sign(_PURPOSE + digest)


def _entry(row: LedgerRow) -> ClosedPeriod:
    try:
        return decode_entry(row.body)
    except msgspec.MsgspecError:
        raise NewerLedger(row.sequence) from None
