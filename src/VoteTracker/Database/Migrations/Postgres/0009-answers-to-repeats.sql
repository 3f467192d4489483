-- What a request with an Idempotency-Key was answered, for a day. The answer is encrypted, and the rest hashed, with what
-- only its sender has: the API key and the idempotency key.
CREATE TABLE kept_answer (
    key_hash    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    fingerprint TEXT COLLATE "C" NOT NULL,
    answer      TEXT COLLATE "C" NOT NULL,
    kept_at     TIMESTAMPTZ NOT NULL
);

CREATE INDEX kept_answer_by_age ON kept_answer (kept_at);
