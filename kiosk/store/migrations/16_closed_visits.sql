-- A closed visit keeps its rows for some minutes, so that closing it can be taken back.
ALTER TABLE visit ADD COLUMN closed TEXT;

ALTER TABLE visit ADD COLUMN closed_by TEXT;
