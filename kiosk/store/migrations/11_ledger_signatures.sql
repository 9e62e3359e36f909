-- The box's signature of each entry of the ledger, in a table of its own: older entries are signed later.
CREATE TABLE ledger_signature (
    sequence INTEGER PRIMARY KEY,
    signature BLOB NOT NULL
) STRICT;

CREATE TRIGGER ledger_signature_is_never_changed BEFORE UPDATE ON ledger_signature
BEGIN SELECT raise(ABORT, 'the ledger is never changed'); END;

CREATE TRIGGER ledger_signature_is_never_deleted BEFORE DELETE ON ledger_signature
BEGIN SELECT raise(ABORT, 'the ledger is never deleted'); END;
