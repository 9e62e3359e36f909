-- A ticket that had ended can be called again, or wait again; what was noted holds until there is
-- something else. Copies and answers are set aside: dropping the table takes them along.
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
    record TEXT CHECK (record IS NOT NULL OR state <> 'finished'),
    code TEXT NOT NULL,
    appointment TEXT,
    late INTEGER NOT NULL DEFAULT 0,
    ahead INTEGER NOT NULL DEFAULT 0,
    wait_min TEXT,
    slip TEXT NOT NULL DEFAULT 'wanted' CHECK (slip IN ('wanted', 'begun', 'printed', 'failed')),
    wish TEXT
) STRICT;

INSERT INTO new_ticket SELECT * FROM ticket;

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
