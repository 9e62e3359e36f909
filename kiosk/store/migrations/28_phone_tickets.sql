-- A number that was drawn on a phone has no slip, and phones together may have only so many.
ALTER TABLE ticket ADD COLUMN by_phone INTEGER NOT NULL DEFAULT 0;
