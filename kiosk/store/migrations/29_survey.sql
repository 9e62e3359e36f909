-- Which survey question followed a smiley, and whether it was answered, but never how: answers are
-- sums of the open visit, without a time and without a smiley.
ALTER TABLE feedback ADD COLUMN asked TEXT;

ALTER TABLE feedback ADD COLUMN answered INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1));

CREATE TABLE survey_answer (
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (question, answer)
) STRICT, WITHOUT ROWID;
