-- Each month that was counted has a salt of its own for the random draw of its rounding, and both go together. The key
-- that followed from the one before goes.
CREATE TABLE draw_salt (month TEXT PRIMARY KEY, salt BLOB NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO draw_salt SELECT month, randomblob(32) FROM (SELECT DISTINCT period AS month FROM counter);

DELETE FROM key_value WHERE key = 'counts_key';
