-- What was promised to a person at a desk, to take home on paper, and who has been called back. With a
-- code it is an appointment. Both go with the visit.
CREATE TABLE reminder (
    id INTEGER PRIMARY KEY,
    ticket INTEGER,
    number TEXT NOT NULL,
    topic TEXT NOT NULL,
    language TEXT NOT NULL,
    code TEXT,
    wanted TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'wanted'
        CHECK (state IN ('wanted', 'begun', 'printed', 'failed'))
) STRICT;

CREATE TABLE called_back (ticket INTEGER PRIMARY KEY) STRICT;
