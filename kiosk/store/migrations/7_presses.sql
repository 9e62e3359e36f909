-- What is known of each press of a smiley, and why it was set aside. Of those from before this step
-- it is unknown where they were pressed, so they count. `until` is when the last of further presses
-- came that were set aside and not kept one by one.
ALTER TABLE feedback ADD COLUMN surface TEXT NOT NULL DEFAULT 'elsewhere';

ALTER TABLE feedback ADD COLUMN trial INTEGER NOT NULL DEFAULT 0 CHECK (trial IN (0, 1));

ALTER TABLE feedback ADD COLUMN until TEXT;

ALTER TABLE feedback ADD COLUMN misuse TEXT;

-- When staff began to try the buttons; they do so for two minutes.
ALTER TABLE visit ADD COLUMN trial TEXT;
