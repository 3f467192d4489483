-- A link that shows a resolution without a key. Its secret is stored as a hash, as keys are.
CREATE TABLE share_link (
    id           TEXT NOT NULL PRIMARY KEY,
    resolution   TEXT NOT NULL REFERENCES resolution (id),
    label        TEXT NOT NULL,
    scope        TEXT NOT NULL CHECK (scope IN ('tally', 'positions')),
    lookup       TEXT NOT NULL UNIQUE,
    hash         TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    expires_at   TEXT,
    revoked_at   TEXT,
    uses         INTEGER NOT NULL,
    last_used_at TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX share_link_by_resolution ON share_link (resolution, created_at);
