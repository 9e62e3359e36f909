-- To which desk somebody was sent on, by whom, and where they stand for the one who did.
ALTER TABLE ticket ADD COLUMN to_desk TEXT;

ALTER TABLE ticket ADD COLUMN sender TEXT;

ALTER TABLE ticket ADD COLUMN sender_place INTEGER;
