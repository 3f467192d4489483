-- A link to a calendar, which programs read without a key. Its secret is stored as a hash, as keys are. label: the label of
-- the key whose holder a personal calendar belongs to.
CREATE TABLE calendar (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind       TEXT COLLATE "C" NOT NULL,
    resolution TEXT COLLATE "C" REFERENCES resolution (id),
    label      TEXT COLLATE "C",
    lookup     TEXT COLLATE "C" NOT NULL UNIQUE,
    hash       TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    revoked_at TIMESTAMPTZ
);

CREATE INDEX calendar_by_creation ON calendar (created_at, id);

-- The number and the day of a deleted task, for the calendars of the labels that had it. It has no text.
CREATE TABLE deleted_task (
    task       BIGINT NOT NULL,
    label      TEXT COLLATE "C" NOT NULL,
    due_on     DATE NOT NULL,
    version    BIGINT NOT NULL,
    deleted_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (label, task)
);

-- The tasks that a label had.
CREATE INDEX task_change_by_assignee ON task_change (assignee, due_on) WHERE assignee IS NOT NULL;
