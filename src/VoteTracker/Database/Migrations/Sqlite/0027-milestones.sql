-- The steps of a resolution, from the first draft on. A deleted one is a row without texts, so that its version continues and
-- calendars cancel it. planned_at: the hour in New York, such as 15:00. The columns hidden_ have the change
-- that hid it from readers without a key, and hidden_on the day that they saw last. It is empty if they never saw one.
CREATE TABLE milestone (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    resolution TEXT NOT NULL REFERENCES resolution (id),
    kind       TEXT NOT NULL,
    what       TEXT NOT NULL,
    planned_on TEXT NOT NULL,
    planned_at TEXT,
    place      TEXT,
    done_on    TEXT,
    note       TEXT,
    is_public  INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    deleted_at TEXT,
    hidden_on  TEXT,
    hidden_version INTEGER,
    hidden_at  TEXT
) STRICT;

CREATE INDEX milestone_by_resolution ON milestone (resolution, planned_on, id);

-- Late and next milestones.
CREATE INDEX milestone_open_by_day ON milestone (planned_on, id) WHERE done_on IS NULL AND deleted_at IS NULL;

-- The day of the vote is one fact.
CREATE UNIQUE INDEX milestone_vote ON milestone (resolution) WHERE kind = 'vote' AND deleted_at IS NULL;

-- The milestone from each of its versions on.
CREATE TABLE milestone_change (
    milestone  INTEGER NOT NULL REFERENCES milestone (id),
    version    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    what       TEXT NOT NULL,
    planned_on TEXT NOT NULL,
    planned_at TEXT,
    place      TEXT,
    done_on    TEXT,
    note       TEXT,
    is_public  INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (milestone, version)
) STRICT, WITHOUT ROWID;
