-- When staff last opened or closed the intake: what they say near its end holds.
ALTER TABLE visit ADD COLUMN intake_said TEXT;
