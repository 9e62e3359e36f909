-- The version of an event that a calendar has told (SEQUENCE): an older one that is imported later must not win.
ALTER TABLE planned_visit ADD COLUMN sequence INTEGER;
-- Of appointments also when they are cancelled, until their time is over; `origin` is a digest, as there.
CREATE TABLE appointment_version (
    origin TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL,
    time TEXT NOT NULL
);
