-- A browser that signed in with a key. The token of its cookie is stored as a hash, as keys are. key_hash is the hash of
-- the key, also of the one in the settings: a session ends with its key.
CREATE TABLE page_session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    key_hash   TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX page_session_by_key ON page_session (key_hash, created_at);
CREATE INDEX page_session_by_end ON page_session (expires_at);
