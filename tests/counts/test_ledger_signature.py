"""The signature of the ledger: what a person can do to the file, and what is said of it."""

import hashlib
from collections.abc import Callable
from contextlib import closing

import pytest

from kiosk.counts import ledger
from kiosk.counts.ledger_entry import ClosedPeriod
from kiosk.counts.signing import SigningKey, SigningKeyDamaged
from kiosk.store.database import Connection, Database, connect

Close = Callable[..., list[ClosedPeriod]]

pytestmark = pytest.mark.usefixtures("entries")

TRIGGERS = [
    f"{table}_is_never_{done}"
    for table in ("ledger", "ledger_signature")
    for done in ("changed", "deleted")
]


def read(database: Database) -> list[ClosedPeriod]:
    with database.read() as connection:
        return ledger.read(connection)


def tampering(database: Database) -> closing[Connection]:
    """A connection of a person with a tool of their own, triggers put aside."""
    connection = connect(database.path)
    for trigger in TRIGGERS:
        connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    return closing(connection)


def broken(database: Database) -> str:
    with pytest.raises(ledger.LedgerBroken, match="put the last backup back") as caught:
        read(database)
    return caught.value.found


def rewrite(connection: Connection, begin: int) -> None:
    """What a forger does who knows the program and has no key: chain everything anew."""
    before = bytes(32)
    for sequence, body, digest in connection.execute(
        "SELECT sequence, body, digest FROM ledger ORDER BY sequence"
    ).fetchall():
        if sequence >= begin:
            digest = hashlib.sha256(before + sequence.to_bytes(8, "big") + body).digest()  # noqa: PLW2901
            connection.execute(
                "UPDATE ledger SET digest = ? WHERE sequence = ?", (digest, sequence)
            )
        before = digest


CHANGE = "UPDATE ledger SET body = CAST(replace(body, '40', '45') AS BLOB) WHERE sequence = 2"
COPY = "UPDATE ledger SET (body, digest) = (SELECT body, digest FROM ledger WHERE sequence = 2)"
SWAP = """UPDATE ledger SET sequence = 9 WHERE sequence = 2;
    UPDATE ledger SET sequence = 2 WHERE sequence = 3;
    UPDATE ledger SET sequence = 3 WHERE sequence = 9"""


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (CHANGE, "Entry 2 of the ledger was changed or damaged"),
        ("DELETE FROM ledger WHERE sequence = 2", "Entry 2 of the ledger is missing"),
        ("DELETE FROM ledger WHERE sequence > 3", "Entry 4 of the ledger is missing"),
        (f"{COPY} WHERE sequence = 3", "Entry 3 of the ledger repeats entry 2"),
        (SWAP, "Entry 2 of the ledger was exchanged: what stands there was written as entry 3"),
        (
            "UPDATE ledger_signature SET signature = zeroblob(64) WHERE sequence = 2",
            "Entry 2 of the ledger has a signature that is not of this box",
        ),
        ("DELETE FROM ledger_signature WHERE sequence = 2", "Entry 2 of the ledger is not signed"),
        ("DELETE FROM key_value WHERE key = 'signing_key'", "the key that signed it is gone"),
    ],
)
def test_each_tampering_is_reported_by_its_kind(
    database: Database, statement: str, found: str
) -> None:
    with tampering(database) as connection:
        connection.executescript(statement)
    assert found in broken(database)


def test_a_forger_who_chains_everything_anew_has_no_key(database: Database) -> None:
    with tampering(database) as connection:
        connection.execute(CHANGE)
        rewrite(connection, 2)
    assert "Entry 2 of the ledger has a signature that is not of this box" in broken(database)


def test_an_inserted_entry_is_not_signed(database: Database) -> None:
    with tampering(database) as connection:
        connection.execute("INSERT INTO ledger SELECT 5, body, x'' FROM ledger WHERE sequence = 1")
        rewrite(connection, 5)
    assert "Entry 5 of the ledger is not signed: it was not written by this box" in broken(database)


def test_the_key_of_another_box_is_found(database: Database) -> None:
    with tampering(database) as connection:
        connection.execute(
            "UPDATE key_value SET value = ? WHERE key = 'signing_key'", (bytes(32).hex(),)
        )
    assert "another box" in broken(database)


def test_a_ledger_without_its_key_takes_no_entry(
    database: Database, entries: list[ClosedPeriod]
) -> None:
    with tampering(database) as connection:
        connection.execute("DELETE FROM key_value WHERE key = 'signing_key'")
    with pytest.raises(ledger.LedgerBroken), database.write() as connection:
        ledger.append(connection, entries[0])


@pytest.mark.parametrize("value", ["", "zz", "ab"])
def test_a_damaged_key_is_reported(database: Database, value: str) -> None:
    with tampering(database) as connection:
        connection.execute("UPDATE key_value SET value = ? WHERE key = 'signing_key'", (value,))
    with pytest.raises(SigningKeyDamaged, match="backup"):
        read(database)


def test_a_box_from_before_there_were_keys_signs_what_it_has(
    database: Database, entries: list[ClosedPeriod]
) -> None:
    with tampering(database) as connection:
        connection.execute("DELETE FROM ledger_signature")
        connection.execute("DELETE FROM key_value WHERE key = 'signing_key'")
    assert read(database) == entries
    with database.write() as connection:
        key = ledger.signing_key(connection)
        assert ledger.signing_key(connection).public.pem == key.public.pem
    assert read(database) == entries
    with tampering(database) as connection:
        connection.execute("DELETE FROM ledger_signature WHERE sequence = 1")
    assert "is not signed" in broken(database)


def test_the_same_key_signs_the_same_message_the_same_way() -> None:
    key = SigningKey(bytes(32))
    assert key.sign(b"message") == SigningKey(bytes(32)).sign(b"message")
    assert key.public.verifies(key.sign(b"message"), b"message")
    assert not key.public.verifies(key.sign(b"message"), b"massage")
    assert not key.public.verifies(b"", b"message")
