-- The desk to which a ticket was transferred, from which one, and its place for that one.
ALTER TABLE ticket ADD COLUMN to_desk TEXT;

ALTER TABLE ticket ADD COLUMN sender TEXT;

ALTER TABLE ticket ADD COLUMN sender_place INTEGER;
