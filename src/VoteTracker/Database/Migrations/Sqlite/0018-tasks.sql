-- sort_on is the due day, or 9999-12-31 without one, so that a list is read in the order of an index.
CREATE TABLE task (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    what         TEXT NOT NULL,
    member_state TEXT REFERENCES member_state (iso3),
    resolution   TEXT REFERENCES resolution (id),
    contact      TEXT REFERENCES contact (id),
    engagement   INTEGER REFERENCES engagement (id),
    assignee     TEXT,
    due_on       TEXT,
    done_on      TEXT,
    sort_on      TEXT NOT NULL,
    version      INTEGER NOT NULL,
    created_at   TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL
) STRICT;

-- The task from each of its versions on.
CREATE TABLE task_change (
    task         INTEGER NOT NULL REFERENCES task (id),
    version      INTEGER NOT NULL,
    what         TEXT NOT NULL,
    member_state TEXT,
    resolution   TEXT,
    contact      TEXT,
    engagement   INTEGER,
    assignee     TEXT,
    due_on       TEXT,
    done_on      TEXT,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (task, version)
) STRICT, WITHOUT ROWID;

-- A next step of an engagement becomes a task. The day of an engagement without a next step stays with the engagement.
INSERT INTO task (
    what, member_state, contact, engagement, due_on, sort_on, version, created_at, created_by, changed_at, changed_by
)
SELECT
    e.next_step, e.member_state, c.contact, e.id, e.due_on, COALESCE(e.due_on, '9999-12-31'), e.version, e.created_at,
    e.created_by, e.created_at, e.created_by
FROM engagement e
JOIN engagement_contact c ON c.engagement = e.id
WHERE e.next_step IS NOT NULL
ORDER BY e.id;

INSERT INTO task_change (task, version, what, member_state, contact, engagement, due_on, changed_at, changed_by)
SELECT id, version, what, member_state, contact, engagement, due_on, changed_at, changed_by
FROM task
ORDER BY id;

PRAGMA secure_delete = ON;

UPDATE engagement SET due_on = NULL WHERE next_step IS NOT NULL;

ALTER TABLE engagement DROP COLUMN next_step;

PRAGMA secure_delete = OFF;

CREATE INDEX task_by_day ON task (sort_on, id);
CREATE INDEX task_by_assignee ON task (assignee, sort_on, id) WHERE assignee IS NOT NULL;
CREATE INDEX task_by_member_state ON task (member_state, sort_on, id) WHERE member_state IS NOT NULL;
CREATE INDEX task_by_resolution ON task (resolution, sort_on, id) WHERE resolution IS NOT NULL;
CREATE INDEX task_by_contact ON task (contact, sort_on, id) WHERE contact IS NOT NULL;
CREATE INDEX task_by_engagement ON task (engagement, id) WHERE engagement IS NOT NULL;
