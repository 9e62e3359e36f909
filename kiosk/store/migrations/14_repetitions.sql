-- Which repetition of its series a planned visit is, so that a file of changes alone finds it.
ALTER TABLE planned_visit ADD COLUMN repetition TEXT NOT NULL DEFAULT '';
