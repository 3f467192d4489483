-- A link that shows a resolution without a key. Its secret is stored as a hash, as keys are.
CREATE TABLE share_link (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    resolution   TEXT COLLATE "C" NOT NULL REFERENCES resolution (id),
    label        TEXT COLLATE "C" NOT NULL,
    scope        TEXT COLLATE "C" NOT NULL CHECK (scope IN ('tally', 'positions')),
    lookup       TEXT COLLATE "C" NOT NULL UNIQUE,
    hash         TEXT COLLATE "C" NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    created_by   TEXT COLLATE "C" NOT NULL,
    expires_at   TIMESTAMPTZ,
    revoked_at   TIMESTAMPTZ,
    uses         BIGINT NOT NULL,
    last_used_at TIMESTAMPTZ
);

CREATE INDEX share_link_by_resolution ON share_link (resolution, created_at);
