-- A link to a calendar, which programs read without a key. Its secret is stored as a hash, as keys are. label: the label of
-- the key whose holder a personal calendar belongs to.
CREATE TABLE calendar (
    id         TEXT NOT NULL PRIMARY KEY,
    kind       TEXT NOT NULL,
    resolution TEXT REFERENCES resolution (id),
    label      TEXT,
    lookup     TEXT NOT NULL UNIQUE,
    hash       TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    revoked_at TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX calendar_by_creation ON calendar (created_at, id);

-- The number and the day of a deleted task, for the calendars of the labels that had it. It has no text.
CREATE TABLE deleted_task (
    task       INTEGER NOT NULL,
    label      TEXT NOT NULL,
    due_on     TEXT NOT NULL,
    version    INTEGER NOT NULL,
    deleted_at TEXT NOT NULL,
    PRIMARY KEY (label, task)
) STRICT, WITHOUT ROWID;

-- The tasks that a label had.
CREATE INDEX task_change_by_assignee ON task_change (assignee, due_on) WHERE assignee IS NOT NULL;
