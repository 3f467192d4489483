-- What the campaign supposes. changes is the JSON of the contract, null where a scenario was taken away: its version goes on.
CREATE TABLE scenario (
    resolution TEXT COLLATE "C" NOT NULL REFERENCES resolution (id),
    name       TEXT COLLATE "C" NOT NULL,
    changes    TEXT COLLATE "C",
    version    BIGINT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (resolution, name)
);
