"""The tables, as steps that sqlite-utils applies once each. Never change a step: add one."""

from __future__ import annotations

import fcntl
from typing import TYPE_CHECKING

from sqlite_utils import Database as Tables
from sqlite_utils import Migrations

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

steps = Migrations("radhaus")

_QUEUE = """
CREATE TABLE series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE device (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    stop TEXT NOT NULL,
    topics TEXT NOT NULL,
    opened TEXT NOT NULL,
    only_one INTEGER NOT NULL DEFAULT 1 UNIQUE CHECK (only_one = 1)
) STRICT;

CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    sequence INTEGER NOT NULL UNIQUE,
    topic TEXT NOT NULL,
    language TEXT NOT NULL,
    priority INTEGER NOT NULL,
    place INTEGER NOT NULL,
    taken TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('waiting', 'called', 'serving', 'parked', 'missed', 'finished', 'withdrawn')),
    desk TEXT CHECK (desk IS NOT NULL OR state NOT IN ('called', 'serving')),
    misses INTEGER NOT NULL,
    first_call TEXT,
    started TEXT,
    ended TEXT,
    outcome TEXT CHECK ((outcome IS NOT NULL) = (state = 'finished')),
    slip TEXT NOT NULL DEFAULT 'wanted' CHECK (slip IN ('wanted', 'begun', 'printed', 'failed')),
    wish TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX one_open_number ON ticket (number) WHERE state NOT IN ('finished', 'withdrawn');
CREATE UNIQUE INDEX one_person_at_a_desk ON ticket (desk) WHERE state IN ('called', 'serving');
CREATE INDEX ticket_state ON ticket (state);

CREATE TABLE feedback (id INTEGER PRIMARY KEY, score INTEGER NOT NULL, given TEXT NOT NULL) STRICT;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    visit INTEGER,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    moment TEXT NOT NULL
) STRICT;

CREATE TABLE follower (name TEXT PRIMARY KEY, journal INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""


_COUNTS = """
CREATE TABLE ticket_counter (
    period TEXT NOT NULL,
    stop TEXT NOT NULL,
    topic TEXT NOT NULL,
    hour INTEGER,
    outcome TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0)
) STRICT;

CREATE UNIQUE INDEX one_ticket_counter
    ON ticket_counter (period, stop, topic, ifnull(hour, -1), outcome);

CREATE TABLE feedback_counter (
    period TEXT NOT NULL,
    stop TEXT NOT NULL,
    hour INTEGER,
    score INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0)
) STRICT;

CREATE UNIQUE INDEX one_feedback_counter
    ON feedback_counter (period, stop, ifnull(hour, -1), score);

CREATE TABLE visit_counter (
    period TEXT NOT NULL,
    stop TEXT NOT NULL,
    day TEXT,
    count INTEGER NOT NULL CHECK (count >= 0)
) STRICT;

CREATE UNIQUE INDEX one_visit_counter ON visit_counter (period, stop, ifnull(day, ''));

CREATE TABLE language_counter (
    period TEXT NOT NULL,
    language TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (period, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger (
    sequence INTEGER PRIMARY KEY,
    body BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN SELECT raise(ABORT, 'the ledger is never changed'); END;

CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
BEGIN SELECT raise(ABORT, 'the ledger is never deleted'); END;
"""


@steps()
def queue(tables: Tables) -> None:
    """The visit, its tickets and smileys, and the journal."""
    _run(tables, _QUEUE)


@steps()
def counts(tables: Tables) -> None:
    """Exact counters of closed visits, and the ledger of closed periods."""
    _run(tables, _COUNTS)


def apply(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables up to date; of several processes that start together, one does it."""
    # A file of its own: closing a second handle on the database would drop SQLite's record locks.
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        steps.apply(Tables(connection))


def _run(tables: Tables, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            tables.conn.execute(statement)
