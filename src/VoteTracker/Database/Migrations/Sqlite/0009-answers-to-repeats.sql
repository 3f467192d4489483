-- What a request with an Idempotency-Key was answered, for a day. The answer is encrypted, and the rest hashed, with what
-- only its sender has: the API key and the idempotency key.
CREATE TABLE kept_answer (
    key_hash    TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    answer      TEXT NOT NULL,
    kept_at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX kept_answer_by_age ON kept_answer (kept_at);
