from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from kiosk.counts import ledger
from kiosk.counts.ledger_entry import ClosedPeriod
from kiosk.domain.errors import KioskError
from kiosk.store.database import Database, connect
from kiosk.store.errors import StoreError

Close = Callable[..., list[ClosedPeriod]]


def read(database: Database) -> list[ClosedPeriod]:
    with database.read() as connection:
        return ledger.read(connection)


def tamper(database: Database, *statements: str) -> None:
    """What a person could do with a tool of their own, triggers put aside."""
    with closing(connect(database.path)) as connection:
        for trigger in ("ledger_is_never_changed", "ledger_is_never_deleted"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)


def test_what_was_frozen_is_read_back(database: Database, entries: list[ClosedPeriod]) -> None:
    assert len(entries) == 4
    assert read(database) == entries


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger SET body = x'00'", "DELETE FROM ledger WHERE sequence = 4"]
)
def test_the_database_itself_refuses_to_change_or_delete(
    database: Database, entries: list[ClosedPeriod], statement: str
) -> None:
    with pytest.raises(StoreError, match="never"), database.write() as connection:
        connection.execute(statement)
    assert read(database) == entries


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET body = CAST(replace(body, '140', '145') AS BLOB) WHERE sequence = 2",
        "UPDATE ledger SET digest = zeroblob(32) WHERE sequence = 2",
        "DELETE FROM ledger WHERE sequence = 2",
        "UPDATE ledger SET sequence = 9 WHERE sequence = 2",
        "INSERT OR REPLACE INTO ledger SELECT 2, body, digest FROM ledger WHERE sequence = 3",
    ],
)
def test_tampering_is_found_where_it_begins(database: Database, statement: str) -> None:
    tamper(database, statement)
    with pytest.raises(ledger.LedgerBroken, match=r"^Entry 2 "):
        read(database)


def test_a_flipped_byte_anywhere_in_the_file_changes_no_entry_unseen(
    database: Database, entries: list[ClosedPeriod], tmp_path: Path
) -> None:
    database.truncate_wal()
    database.close()
    intact = database.path.read_bytes()
    random = Random(20261122)
    places = [intact.index(b'"tables"'), *(random.randrange(len(intact)) for _ in range(300))]
    found = 0
    for number, place in enumerate(places):
        damaged = bytearray(intact)
        damaged[place] ^= 1 << random.randrange(8)
        found += not _reads_the_same(tmp_path / f"{number}.db", bytes(damaged), entries)
    assert found > 0


def _reads_the_same(path: Path, content: bytes, entries: list[ClosedPeriod]) -> bool:
    """Whether the entries are all there; a clear error is the only other way out."""
    path.write_bytes(content)
    try:
        with closing(Database.open(path)) as database:
            assert read(database) == entries
    except KioskError:
        return False
    return True
