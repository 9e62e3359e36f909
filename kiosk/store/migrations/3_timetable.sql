-- The year plan, and what became of it. Days and times are local; nothing here tells of a person.
CREATE TABLE planned_visit (
    id INTEGER PRIMARY KEY,
    date TEXT NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    stop TEXT NOT NULL,
    partners TEXT NOT NULL,
    topics TEXT NOT NULL,
    source TEXT NOT NULL,
    uid TEXT NOT NULL,
    cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
    note TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX one_planned_visit ON planned_visit (date, stop, begins);

-- Kept for the reports when the visit itself is forgotten; `visit` is its id while it is open.
CREATE TABLE operating_day (
    id INTEGER PRIMARY KEY,
    date TEXT,
    stop TEXT NOT NULL,
    planned_begins TEXT,
    planned_ends TEXT,
    took_place INTEGER NOT NULL CHECK (took_place IN (0, 1)),
    cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
    opened TEXT,
    closed TEXT,
    visit INTEGER UNIQUE
) STRICT;

CREATE UNIQUE INDEX one_outcome_of_a_plan ON operating_day (date, stop, planned_begins)
    WHERE planned_begins IS NOT NULL;
