"""The file: durable, honest about trouble, quick to tell others."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.domain.device_events import DeviceChanged
from kiosk.service.follower import Follower
from kiosk.store import journal, series
from kiosk.store.database import WAL_LIMIT_BYTES, Connection, Database
from kiosk.store.errors import (
    DatabaseBroken,
    DatabaseMissing,
    DatabaseReadOnly,
    DiskFull,
    StoreError,
)
from kiosk.store.journal import Entry
from tests.town import TownClock


def pragma(database: Database, name: str) -> object:
    with database.read() as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def report_printer(connection: Connection, clock: TownClock, times: int) -> None:
    for _ in range(times):
        event = DeviceChanged("printer", detail="no paper" * 20)
        journal.append(connection, event, clock(), visit=None)


def said(entry: Entry) -> str:
    assert isinstance(entry.event, DeviceChanged)
    return entry.event.detail


def test_every_commit_is_synced(database: Database) -> None:
    assert pragma(database, "journal_mode") == "wal"
    assert pragma(database, "synchronous") == 2  # FULL
    assert pragma(database, "secure_delete") == 1


def test_a_failing_action_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.write() as connection:
            series.next_value(connection, "ticket")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as connection:
        assert series.last_of(connection, "ticket") == [0]


def test_the_database_itself_refuses_an_open_number_twice(database: Database) -> None:
    row = (
        "INSERT INTO ticket (id, number, code, sequence, topic, language, priority, place, taken,"
        " state, misses) VALUES (?1, 'A-001', ?1, ?2, 'jobs', 'de', 0, 1, 'now', ?3, 0)"
    )
    with database.write() as connection:
        connection.execute(row, (1, 1, "withdrawn"))
        connection.execute(row, (2, 2, "waiting"))
    with pytest.raises(StoreError, match=r"UNIQUE.*number"), database.write() as connection:
        connection.execute(row, (3, 3, "waiting"))


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="kiosk init"):
        Database.open(tmp_path / "kiosk.db")


def test_a_file_that_is_no_database_is_kept_and_named(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.db"
    path.write_bytes(b"this was a shopping list" * 100)
    with pytest.raises(DatabaseBroken, match="last backup"):
        Database.open(path)
    assert path.read_bytes().startswith(b"this was")


def test_a_full_disk_loses_nothing(database: Database) -> None:
    clock = TownClock()
    with database.read() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with database.write() as connection:
            series.next_value(connection, "ticket")
            report_printer(connection, clock, times=1000)

    with pytest.raises(DiskFull, match="Free some space"):
        fill()
    with database.write() as connection:
        assert series.next_value(connection, "ticket") == 1


def test_a_database_that_cannot_be_written_says_so(database: Database) -> None:
    with database.read() as connection:
        connection.execute("PRAGMA query_only = ON")
    with pytest.raises(DatabaseReadOnly, match="right to write"), database.write() as connection:
        series.next_value(connection, "ticket")


def test_a_long_wal_is_folded_in_when_there_is_rest(database: Database) -> None:
    wal = database.path.with_name("kiosk.db-wal")
    clock = TownClock()
    with database.write() as connection:
        report_printer(connection, clock, times=40_000)
    assert wal.stat().st_size > WAL_LIMIT_BYTES
    database.checkpoint()
    file = f"file:{database.path}?immutable=1"
    with closing(sqlite3.connect(file, uri=True)) as folded:
        assert folded.execute("SELECT count(*) FROM journal").fetchone()[0] == 40_000


def test_a_follower_misses_nothing_that_came_in_a_heap(database: Database) -> None:
    clock, follower = TownClock(), Follower(database)
    with database.write() as connection:
        for number in range(2500):
            event = DeviceChanged("lamp", detail=str(number))
            journal.append(connection, event, clock(), visit=None)
    heard: list[object] = []
    while entries := follower.wait(0.5):
        heard += [entry.event.detail for entry in entries if isinstance(entry.event, DeviceChanged)]
    follower.close()
    assert heard == [str(number) for number in range(2500)]


def test_a_reader_blocking_wal_truncation_is_reported_and_delays_no_writer(
    database: Database,
) -> None:
    with database.write() as connection:
        series.next_value(connection, "ticket")
    reader = sqlite3.connect(database.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM series").fetchall()
    assert database.truncate_wal() is False
    reader.close()
    assert database.truncate_wal() is True
