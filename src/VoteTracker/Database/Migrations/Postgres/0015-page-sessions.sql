-- A browser that signed in with a key. The token of its cookie is stored as a hash, as keys are. key_hash is the hash of
-- the key, also of the one in the settings: a session ends with its key.
CREATE TABLE page_session (
    token_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    key_hash   TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX page_session_by_key ON page_session (key_hash, created_at);
CREATE INDEX page_session_by_end ON page_session (expires_at);
