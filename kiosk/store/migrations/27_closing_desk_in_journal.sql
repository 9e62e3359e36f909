-- Which desk closed a visit stands in the journal's event alone.
ALTER TABLE visit DROP COLUMN closed_by;
