-- The appointment that was made in a step of a desk: undoing the step takes it back.
ALTER TABLE action ADD COLUMN appointment TEXT;
