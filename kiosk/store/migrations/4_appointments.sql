-- Who is expected, by code alone: no name, no free text. `time` is in UTC; without a stop it holds
-- wherever the bus stands; `origin` is a digest that finds an appointment without a code of its own
-- in the next file. `ticket` says nothing once that ticket is gone: checking in was undone.
CREATE TABLE appointment (
    code TEXT PRIMARY KEY,
    time TEXT NOT NULL,
    topic TEXT NOT NULL,
    stop TEXT,
    origin TEXT UNIQUE,
    ticket INTEGER UNIQUE
) STRICT, WITHOUT ROWID;

CREATE INDEX appointments_by_time ON appointment (time);
