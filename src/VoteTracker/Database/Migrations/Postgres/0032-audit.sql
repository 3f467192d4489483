-- The audit: what was written, which personal data was read, and what was refused. hash: of this entry and of the one before,
-- so that no entry can be changed, removed or moved unnoticed. author, target and address are texts that can be erased: the
-- digest of a text with its salt then replaces both.
CREATE TABLE audit_entry (
    seq            BIGINT NOT NULL PRIMARY KEY,
    at             TIMESTAMPTZ NOT NULL,
    action         TEXT COLLATE "C" NOT NULL,
    operation      TEXT COLLATE "C" NOT NULL,
    author         TEXT COLLATE "C",
    author_salt    TEXT COLLATE "C",
    author_digest  TEXT COLLATE "C",
    target         TEXT COLLATE "C",
    target_salt    TEXT COLLATE "C",
    target_digest  TEXT COLLATE "C",
    address        TEXT COLLATE "C",
    address_salt   TEXT COLLATE "C",
    address_digest TEXT COLLATE "C",
    count          BIGINT NOT NULL,
    hash           TEXT COLLATE "C" NOT NULL
);

CREATE INDEX audit_entry_by_author ON audit_entry (author, seq);

CREATE INDEX audit_entry_by_moment ON audit_entry (at);

-- One row, from the first entry on. first_seq: the oldest entry that is kept; first_hash: the hash of the one before it.
CREATE TABLE audit_chain (
    id         BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    first_seq  BIGINT NOT NULL,
    first_hash TEXT COLLATE "C" NOT NULL,
    last_seq   BIGINT NOT NULL,
    last_hash  TEXT COLLATE "C" NOT NULL
);

-- Only an entry before the oldest that is kept can be deleted, and only a text can be erased.
CREATE FUNCTION guard_audit_entry() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.seq < COALESCE((SELECT first_seq FROM audit_chain), 1) THEN
            RETURN OLD;
        END IF;
    ELSIF
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
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit is append-only.';
END
$$;

CREATE TRIGGER audit_entry_is_guarded BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION guard_audit_entry();
