-- Exact counters of closed visits, and the ledger of closed periods.
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
    date TEXT,
    count INTEGER NOT NULL CHECK (count >= 0)
) STRICT;

CREATE UNIQUE INDEX one_visit_counter ON visit_counter (period, stop, ifnull(date, ''));

CREATE TABLE language_counter (
    period TEXT NOT NULL,
    language TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (period, language)
) STRICT, WITHOUT ROWID;

-- What was noted at the end of talks, one answer at a time: crossed with nothing.
CREATE TABLE record_counter (
    period TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (period, item, value)
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
