-- Tables that are called after what they hold: keys with values of this box, entries of the undo log.
ALTER TABLE device RENAME TO key_value;
ALTER TABLE action RENAME TO undo_entry;

DROP INDEX undone_actions;

CREATE INDEX undone_entries ON undo_entry (desk, number) WHERE undone;

UPDATE undo_entry SET kind = 'import' WHERE kind = 'roll';
