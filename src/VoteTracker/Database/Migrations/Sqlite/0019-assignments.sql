-- The team member that a state is assigned to. A row without an assignee is an assignment that was deleted: its version
-- continues.
CREATE TABLE assignment (
    resolution   TEXT NOT NULL REFERENCES resolution (id),
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    assignee     TEXT,
    version      INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (resolution, member_state)
) STRICT, WITHOUT ROWID;

-- stance_import: the import of stances that made the change.
CREATE TABLE assignment_change (
    resolution    TEXT NOT NULL REFERENCES resolution (id),
    member_state  TEXT NOT NULL REFERENCES member_state (iso3),
    version       INTEGER NOT NULL,
    assignee      TEXT,
    changed_at    TEXT NOT NULL,
    changed_by    TEXT NOT NULL,
    stance_import TEXT REFERENCES stance_import (id),
    PRIMARY KEY (resolution, member_state, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX assignment_change_by_import ON assignment_change (stance_import) WHERE stance_import IS NOT NULL;
