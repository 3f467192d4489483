-- The team member that a state is assigned to. A row without an assignee is an assignment that was deleted: its version
-- continues.
CREATE TABLE assignment (
    resolution   TEXT COLLATE "C" NOT NULL REFERENCES resolution (id),
    member_state TEXT COLLATE "C" NOT NULL REFERENCES member_state (iso3),
    assignee     TEXT COLLATE "C",
    version      BIGINT NOT NULL,
    changed_at   TIMESTAMPTZ NOT NULL,
    changed_by   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (resolution, member_state)
);

-- stance_import: the import of stances that made the change.
CREATE TABLE assignment_change (
    resolution    TEXT COLLATE "C" NOT NULL REFERENCES resolution (id),
    member_state  TEXT COLLATE "C" NOT NULL REFERENCES member_state (iso3),
    version       BIGINT NOT NULL,
    assignee      TEXT COLLATE "C",
    changed_at    TIMESTAMPTZ NOT NULL,
    changed_by    TEXT COLLATE "C" NOT NULL,
    stance_import TEXT COLLATE "C" REFERENCES stance_import (id),
    PRIMARY KEY (resolution, member_state, version)
);

CREATE INDEX assignment_change_by_import ON assignment_change (stance_import) WHERE stance_import IS NOT NULL;
