"""The tables come up to date once, and unknown ones are left alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import ledger_names
from kiosk.domain.device_events import SampleRequested
from kiosk.domain.events import TicketsImported, TopicsChanged
from kiosk.domain.feedback import Feedback
from kiosk.domain.ids import FeedbackId, VisitId
from kiosk.domain.moment import Moment
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.domain.undo_kind import UndoKind
from kiosk.store import (
    draw_salts,
    feedback,
    journal,
    key_values,
    migrator,
    tickets,
    undo_log,
    visits,
)
from kiosk.store.counters import HOUR_SCORES, LANGUAGES, RECORDS, STOP_HOURS
from kiosk.store.database import Database, connect
from kiosk.store.errors import DatabaseReadOnly, NewerDatabase
from kiosk.store.migrator import MIGRATIONS, PAGE_BYTES
from tests.town import FIRST_DESK, MARKET, TOWN


@contextmanager
def updated_until(
    migration: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[sqlite3.Connection]:
    """A transaction on a new database that has seen the migrations before that one."""
    with monkeypatch.context() as old:
        old.setattr(migrator, "MIGRATIONS", MIGRATIONS[: MIGRATIONS.index(migration)])
        with (
            closing(Database.create(folder / "kiosk.db")) as database,
            database.write() as connection,
        ):
            yield connection


def test_each_migration_has_a_number_of_its_own() -> None:
    assert [int(name.split("_")[0]) for name in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_a_new_file_gets_every_step_once(tmp_path: Path) -> None:
    for _ in range(2):
        Database.create(tmp_path / "kiosk.db").close()
    with closing(connect(tmp_path / "kiosk.db")) as connection:
        applied = connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()
    assert [name for (name,) in applied] == list(MIGRATIONS)


def test_an_update_torn_before_its_last_mark_is_taken_up(tmp_path: Path) -> None:
    Database.create(tmp_path / "kiosk.db").close()
    with closing(connect(tmp_path / "kiosk.db")) as connection:
        connection.execute("PRAGMA user_version = 0")
    Database.open(tmp_path / "kiosk.db").close()
    with closing(connect(tmp_path / "kiosk.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)


def test_a_visit_that_was_open_during_an_update_keeps_its_smileys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = Moment("boot", 1.0, datetime(2026, 11, 22, 9, tzinfo=UTC), trusted=True)
    with updated_until("7_presses", tmp_path, monkeypatch) as connection:
        connection.execute(
            "INSERT INTO feedback (id, score, given) VALUES (1, 5, ?)", (given.as_text(),)
        )
        connection.execute(
            "INSERT INTO visit (id, stop, topics, opened) VALUES (1, 'market', '[]', ?)",
            (given.as_text(),),
        )
    with closing(Database.open(tmp_path / "kiosk.db")) as database, database.read() as connection:
        assert feedback.list_all(connection) == [Feedback(FeedbackId(1), 5, given)]
        visit = visits.current(connection)
    assert visit
    assert visit.trial is None


def test_the_journal_of_an_open_visit_is_read_on_after_an_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "INSERT INTO journal (visit, kind, body, moment) VALUES (1, ?, ?, ?)"
    moment = Moment("boot", 1.0, datetime(2026, 11, 22, 9, tzinfo=UTC), trusted=True).as_text()
    with updated_until("13_event_names", tmp_path, monkeypatch) as connection:
        connection.execute(told, ("OfferChanged", '{"visit": 1}', moment))
        connection.execute(told, ("SoundTried", "{}", moment))
        connection.execute(told, ("RollTakenIn", '{"first": "A-1", "last": "A-2"}', moment))
    with closing(Database.open(tmp_path / "kiosk.db")) as database, database.read() as connection:
        assert [entry.event for entry in journal.since(connection, 0)] == [
            TopicsChanged(VisitId(1)),
            SampleRequested(),
            TicketsImported("A-1", "A-2"),
        ]


def test_the_undo_log_of_an_open_visit_is_known_after_an_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = (
        "INSERT INTO action (desk, kind, number, before, after, checksums, in_a_row, moment)"
        " VALUES ('1', 'roll', 'R-003', '{}', '{}', '{}', 0, ?)"
    )
    moment = Moment("boot", 1.0, datetime(2026, 11, 22, 9, tzinfo=UTC), trusted=True).as_text()
    with updated_until("22_table_names", tmp_path, monkeypatch) as connection:
        connection.execute(step, (moment,))
        connection.execute("INSERT INTO device VALUES ('device_id', 'rh-1')")
    with closing(Database.open(tmp_path / "kiosk.db")) as database, database.read() as connection:
        entry = undo_log.last_of(connection, FIRST_DESK)
        assert key_values.get(connection, "device_id") == "rh-1"
    assert entry
    assert entry.kind is UndoKind.IMPORT


def at(second: int) -> str:
    return Moment("boot", second, datetime(2026, 11, 22, 9, tzinfo=UTC), trusted=True).as_text()


TALKED = [
    ("finished", at(110), at(400)),  # one talk
    ("finished", at(110), at(4000)),  # parked in between
    ("serving", at(110), None),  # the second talk: of the first one nothing is known
    ("waiting", None, None),
]
TOLD_OF_TALKS = [
    (2, "TicketParked", at(300)),
    (3, "TicketTransferred", at(300)),
    (3, "TicketCalled", at(900)),
    (3, "ServiceStarted", at(950)),
]


def test_talks_of_an_open_visit_are_measured_from_its_journal_after_an_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Record(RESOLVED).as_text()
    with updated_until("23_talks", tmp_path, monkeypatch) as connection:
        connection.executemany(
            "INSERT INTO ticket (id, number, code, sequence, topic, language, priority, place,"
            " taken, state, misses, desk, first_call, started, ended, record) VALUES"
            " (?1, ?1, ?1, ?1, 'jobs', 'de', 0, ?1, ?2, ?3, 0, '1', ?4, ?5, ?6, ?7)",
            [
                (row, at(1), state, started and at(100), started, ended, ended and record)
                for row, (state, started, ended) in enumerate(TALKED, 1)
            ],
        )
        connection.executemany(
            "INSERT INTO journal (visit, body, kind, moment)"
            " VALUES (1, json_object('ticket', ?), ?, ?)",
            TOLD_OF_TALKS,
        )
    with closing(Database.open(tmp_path / "kiosk.db")) as database, database.read() as connection:
        found = [(t.last_call, t.talk_since, t.talked_s) for t in tickets.uncached(connection)]
    first, last, since = map(Moment.from_text, (at(100), at(900), at(950)))
    assert found == [(first, None, 290), (first, None, None), (last, since, None), (None, None, 0)]


def old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the release before left it: a ticket with a copy, in pages of 4 KiB."""
    with monkeypatch.context() as old:
        old.setattr(migrator, "MIGRATIONS", MIGRATIONS[: MIGRATIONS.index("9_smaller_writes")])
        old.setattr(migrator, "PAGE_BYTES", 4096)
        with closing(Database.create(path)) as database, database.write() as connection:
            connection.execute(
                "INSERT INTO visit (id, stop, topics, opened)"
                " VALUES (1, 'market', '[]', 'boot 1.000 2026-11-22T09:00:00+00:00 1')"
            )
            connection.execute(
                "INSERT INTO ticket (id, number, code, sequence, topic, language, priority,"
                " place, taken, state, misses) VALUES (1, 'A-001', 'secret', 1, 'jobs', 'de',"
                " 0, 1, 'boot 1.000 2026-11-22T09:00:00+00:00 1', 'waiting', 0)"
            )
            connection.execute("INSERT INTO copy (ticket, wanted) VALUES (1, 'now')")
            connection.execute("INSERT INTO answer VALUES (1, 'age', 'old')")


def page_bytes(path: Path) -> int:
    with closing(connect(path)) as connection:
        return int(connection.execute("PRAGMA page_size").fetchone()[0])


def test_a_ticket_taken_before_an_update_keeps_its_copies_and_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kiosk.db"
    old_file(path, monkeypatch)
    with closing(Database.open(path)) as database, database.read() as connection:
        assert [ticket.number for ticket in tickets.list_all(connection)] == ["A-001"]
        for table in ("copy", "answer"):
            assert connection.execute(f"SELECT ticket FROM {table}").fetchall()[0][0] == 1  # noqa: S608 - ours
    assert page_bytes(path) == PAGE_BYTES


def test_a_file_that_others_use_keeps_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kiosk.db"
    old_file(path, monkeypatch)
    with closing(connect(path)) as other:
        other.execute("SELECT * FROM visit").fetchall()
        with closing(Database.open(path)) as database, database.write() as connection:
            assert [ticket.number for ticket in tickets.list_all(connection)] == ["A-001"]
            assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert page_bytes(path) == 4096


def test_what_was_counted_before_an_update_is_closed_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kiosk.db"
    with monkeypatch.context() as old:
        old.setattr(migrator, "MIGRATIONS", MIGRATIONS[: MIGRATIONS.index("10_counters")])
        with closing(Database.create(path)) as database, database.write() as connection:
            for topic, hour, outcome in (("jobs", 9, "resolved"), ("jobs", None, "missed")):
                row = ("2026-08", MARKET, topic, hour, outcome)
                connection.execute("INSERT INTO ticket_counter VALUES (?, ?, ?, ?, ?, 60)", row)
            connection.execute("INSERT INTO feedback_counter VALUES ('2026-08', 'market', 9, 5, 7)")
            connection.execute("INSERT INTO visit_counter VALUES ('2026-08', 'market', NULL, 120)")
            connection.execute("INSERT INTO language_counter VALUES ('2026-Q3', 'de', 120)")
            connection.execute("INSERT INTO record_counter VALUES ('2026-08', 'advice', 'full', 9)")
            connection.execute("INSERT INTO device VALUES ('counts_key', 'abab')")
    now = Moment("boot", 1.0, datetime(2026, 11, 22, 9, tzinfo=UTC), trusted=True)
    with closing(Database.open(path)) as database:
        with database.read() as connection:
            assert STOP_HOURS.of(connection, "2026-08") == {(MARKET, 9): 60, (MARKET, None): 60}
            assert HOUR_SCORES.of(connection, "2026-08") == {(9, 5): 7}
            assert LANGUAGES.of(connection, "2026-09") == {("de",): 120}
            assert RECORDS.of(connection, "2026-08") == {("advice", "full"): 9}
            first, second = draw_salts.of(connection, ["2026-08", "2026-09"])
            assert first != second, "each month gets a salt of its own"
            assert key_values.get(connection, "counts_key") is None
        (period,) = close_periods(database, ledger_names(TOWN, "rh-1"), now)
    assert period.total("demand") == period.total("outcomes") == period.total("times") // 3 == 120


def test_a_newer_database_is_not_touched(tmp_path: Path) -> None:
    Database.create(tmp_path / "kiosk.db").close()
    with closing(connect(tmp_path / "kiosk.db")) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(NewerDatabase, match="newer version"):
        Database.open(tmp_path / "kiosk.db")


def test_a_lock_that_is_a_link_is_refused_and_its_target_stays(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("counts")
    (tmp_path / "kiosk.db.lock").symlink_to(target)
    with pytest.raises(DatabaseReadOnly, match=r"kiosk\.db\.lock: cannot be opened"):
        Database.create(tmp_path / "kiosk.db")
    assert target.read_text() == "counts"
