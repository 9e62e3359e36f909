-- Slips printed again on request: marked as copies, each begun at most once, as slips.
-- `trouble` is why one failed. An id is never given twice: the printer settles by it.
CREATE TABLE copy (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    wanted TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'wanted'
        CHECK (state IN ('wanted', 'begun', 'printed', 'failed')),
    trouble TEXT CHECK ((trouble IS NOT NULL) = (state = 'failed')),
    wish TEXT UNIQUE
) STRICT;

CREATE INDEX copies_of_a_ticket ON copy (ticket);
