-- Whether an appointment has a slip on paper, which a move replaces; one made by telephone has none.
ALTER TABLE appointment ADD COLUMN slip INTEGER NOT NULL DEFAULT 1;
