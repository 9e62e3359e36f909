-- The visit, its tickets and smileys, and the journal.
CREATE TABLE series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE device (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    stop TEXT NOT NULL,
    topics TEXT NOT NULL,
    opened TEXT NOT NULL,
    intake INTEGER NOT NULL DEFAULT 1,
    contingents TEXT NOT NULL DEFAULT '{}',
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
    record TEXT CHECK ((record IS NOT NULL) = (state = 'finished')),
    code TEXT NOT NULL UNIQUE,
    appointment TEXT,
    late INTEGER NOT NULL DEFAULT 0,
    slip TEXT NOT NULL DEFAULT 'wanted' CHECK (slip IN ('wanted', 'begun', 'printed', 'failed')),
    wish TEXT UNIQUE
) STRICT;

CREATE UNIQUE INDEX one_open_number ON ticket (number) WHERE state NOT IN ('finished', 'withdrawn');
CREATE UNIQUE INDEX one_person_at_a_desk ON ticket (desk) WHERE state IN ('called', 'serving');

-- What staff changed at a desk today; a desk that is not here works as the profile says.
CREATE TABLE desk (
    id TEXT PRIMARY KEY,
    topics TEXT,
    at_work INTEGER NOT NULL DEFAULT 0,
    wants_help INTEGER NOT NULL DEFAULT 0,
    in_a_row INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- What staff did, with the rows before and after it, so that it can be undone and seen.
CREATE TABLE action (
    id INTEGER PRIMARY KEY,
    desk TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    enquiry INTEGER,
    in_a_row INTEGER NOT NULL,
    moment TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX last_action_of_a_desk ON action (desk, undone, id);

-- People who were helped without a number.
CREATE TABLE enquiry (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    record TEXT NOT NULL,
    counted TEXT NOT NULL
) STRICT;

CREATE TABLE sheet (
    id INTEGER PRIMARY KEY,
    offer TEXT NOT NULL,
    language TEXT NOT NULL,
    wanted TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'wanted'
        CHECK (state IN ('wanted', 'begun', 'printed', 'failed')),
    wish TEXT UNIQUE
) STRICT;

CREATE TABLE feedback (id INTEGER PRIMARY KEY, score INTEGER NOT NULL, given TEXT NOT NULL) STRICT;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    visit INTEGER,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    moment TEXT NOT NULL
) STRICT;

CREATE TABLE follower (name TEXT PRIMARY KEY, journal INTEGER NOT NULL) STRICT, WITHOUT ROWID;
