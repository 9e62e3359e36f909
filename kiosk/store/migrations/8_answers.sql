-- What citizens answered to the questions of the profile when they took their number. A question
-- that a citizen skipped, or was not asked, has no row.
CREATE TABLE answer (
    ticket INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    choice TEXT NOT NULL,
    PRIMARY KEY (ticket, question)
) STRICT, WITHOUT ROWID;
