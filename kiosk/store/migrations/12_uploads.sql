-- What was delivered to a server, and what was tried: the digest of each archive that may be there.
CREATE TABLE upload (
    target TEXT NOT NULL,
    period TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    tried TEXT NOT NULL,
    acknowledged TEXT,
    PRIMARY KEY (target, period, sha256)
) STRICT, WITHOUT ROWID;
