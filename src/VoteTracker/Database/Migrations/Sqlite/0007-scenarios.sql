-- What the campaign supposes. changes is the JSON of the contract, null where a scenario was taken away: its version goes on.
CREATE TABLE scenario (
    resolution TEXT NOT NULL REFERENCES resolution (id),
    name       TEXT NOT NULL,
    changes    TEXT,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (resolution, name)
) STRICT, WITHOUT ROWID;
