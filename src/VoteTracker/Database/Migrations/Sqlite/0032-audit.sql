-- The audit: what was written, which personal data was read, and what was refused. hash: of this entry and of the one before,
-- so that no entry can be changed, removed or moved unnoticed. author, target and address are texts that can be erased: the
-- digest of a text with its salt then replaces both.
CREATE TABLE audit_entry (
    seq            INTEGER NOT NULL PRIMARY KEY,
    at             TEXT NOT NULL,
    action         TEXT NOT NULL,
    operation      TEXT NOT NULL,
    author         TEXT,
    author_salt    TEXT,
    author_digest  TEXT,
    target         TEXT,
    target_salt    TEXT,
    target_digest  TEXT,
    address        TEXT,
    address_salt   TEXT,
    address_digest TEXT,
    count          INTEGER NOT NULL,
    hash           TEXT NOT NULL
) STRICT;

CREATE INDEX audit_entry_by_author ON audit_entry (author, seq);

CREATE INDEX audit_entry_by_moment ON audit_entry (at);

-- One row, from the first entry on. first_seq: the oldest entry that is kept; first_hash: the hash of the one before it.
CREATE TABLE audit_chain (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    first_seq  INTEGER NOT NULL,
    first_hash TEXT NOT NULL,
    last_seq   INTEGER NOT NULL,
    last_hash  TEXT NOT NULL
) STRICT;

-- Only an entry before the oldest that is kept can be deleted.
CREATE TRIGGER audit_entry_is_kept BEFORE DELETE ON audit_entry
WHEN OLD.seq >= COALESCE((SELECT first_seq FROM audit_chain), 1)
BEGIN
    SELECT RAISE(ABORT, 'The audit is append-only.');
END;

-- Only a text can be erased.
CREATE TRIGGER audit_entry_is_unchanged BEFORE UPDATE ON audit_entry
WHEN NOT (
        NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.action = OLD.action
        AND NEW.operation = OLD.operation AND NEW.count = OLD.count AND NEW.hash = OLD.hash
        AND (
            (NEW.author IS NOT DISTINCT FROM OLD.author AND NEW.author_salt IS NOT DISTINCT FROM OLD.author_salt
                AND NEW.author_digest IS NOT DISTINCT FROM OLD.author_digest)
            OR (OLD.author IS NOT NULL AND NEW.author IS NULL AND NEW.author_salt IS NULL AND NEW.author_digest IS NOT NULL)
        )
        AND (
            (NEW.target IS NOT DISTINCT FROM OLD.target AND NEW.target_salt IS NOT DISTINCT FROM OLD.target_salt
                AND NEW.target_digest IS NOT DISTINCT FROM OLD.target_digest)
            OR (OLD.target IS NOT NULL AND NEW.target IS NULL AND NEW.target_salt IS NULL AND NEW.target_digest IS NOT NULL)
        )
        AND (
            (NEW.address IS NOT DISTINCT FROM OLD.address AND NEW.address_salt IS NOT DISTINCT FROM OLD.address_salt
                AND NEW.address_digest IS NOT DISTINCT FROM OLD.address_digest)
            OR (OLD.address IS NOT NULL AND NEW.address IS NULL AND NEW.address_salt IS NULL AND NEW.address_digest IS NOT NULL)
        )
)
BEGIN
    SELECT RAISE(ABORT, 'The audit is append-only.');
END;
