-- The visit, its tickets and smileys, and the journal.
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
    sequence INTEGER NOT NULL,
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

CREATE TABLE feedback (id INTEGER PRIMARY KEY, score INTEGER NOT NULL, given TEXT NOT NULL) STRICT;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    visit INTEGER,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    moment TEXT NOT NULL
) STRICT;

CREATE TABLE follower (name TEXT PRIMARY KEY, journal INTEGER NOT NULL) STRICT, WITHOUT ROWID;
