-- A visit for practice: it is marked everywhere, counts nothing and leaves nothing.
ALTER TABLE visit ADD COLUMN practice INTEGER NOT NULL DEFAULT 0;
