-- A ticket and a call touch fewer pages. The cache finds a ticket's page by its name; a wish is kept
-- in an index where there is one; the wait that a person was told stands with the ticket, for the
-- slip. Copies and answers are set aside: dropping the table of
-- the tickets takes them along.
CREATE TABLE new_ticket (
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
    code TEXT NOT NULL,
    appointment TEXT,
    late INTEGER NOT NULL DEFAULT 0,
    ahead INTEGER NOT NULL DEFAULT 0,
    wait_min TEXT,
    slip TEXT NOT NULL DEFAULT 'wanted' CHECK (slip IN ('wanted', 'begun', 'printed', 'failed')),
    wish TEXT
) STRICT;

INSERT INTO new_ticket (id, number, sequence, topic, language, priority, place, taken, state, desk,
    misses, first_call, started, ended, record, code, appointment, late, slip, wish)
SELECT id, number, sequence, topic, language, priority, place, taken, state, desk,
    misses, first_call, started, ended, record, code, appointment, late, slip, wish FROM ticket;

CREATE TEMP TABLE kept_copy AS SELECT * FROM copy;

CREATE TEMP TABLE kept_answer AS SELECT * FROM answer;

DROP TABLE ticket;

ALTER TABLE new_ticket RENAME TO ticket;

INSERT INTO copy SELECT * FROM kept_copy;

INSERT INTO answer SELECT * FROM kept_answer;

DROP TABLE kept_copy;

DROP TABLE kept_answer;

CREATE UNIQUE INDEX one_open_number ON ticket (number) WHERE state NOT IN ('finished', 'withdrawn');
CREATE UNIQUE INDEX one_person_at_a_desk ON ticket (desk) WHERE state IN ('called', 'serving');
CREATE UNIQUE INDEX one_ticket_a_wish ON ticket (wish) WHERE wish IS NOT NULL;

-- Only the columns that an action has changed, and a checksum of the rows as it left them. What was
-- done before this step cannot be undone any more.
DROP TABLE action;

CREATE TABLE action (
    id INTEGER PRIMARY KEY,
    desk TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    checksums TEXT NOT NULL,
    enquiry INTEGER,
    in_a_row INTEGER NOT NULL,
    moment TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX undone_actions ON action (desk, number) WHERE undone;
