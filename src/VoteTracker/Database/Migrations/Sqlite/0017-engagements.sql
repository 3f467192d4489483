-- An engagement belongs to a member state, and names any number of contacts. The old table is overwritten, because an
-- erased contact must not stay in free pages.
PRAGMA secure_delete = ON;

CREATE TABLE engagement_of_state (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    resolution   TEXT REFERENCES resolution (id),
    kind         TEXT NOT NULL,
    on_day       TEXT NOT NULL,
    summary      TEXT NOT NULL,
    outcome      TEXT,
    assignee     TEXT,
    confidential INTEGER NOT NULL,
    next_step    TEXT,
    due_on       TEXT,
    version      INTEGER NOT NULL,
    created_at   TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL
) STRICT;

INSERT INTO engagement_of_state (
    id, member_state, kind, on_day, summary, outcome, confidential, next_step, due_on, version, created_at, created_by,
    changed_at, changed_by
)
SELECT
    e.id, c.member_state, e.kind, e.on_day, e.summary, e.outcome, 0, e.next_step, e.due_on,
    (SELECT COALESCE(MAX(first_version), 1) FROM incarnation), e.changed_at, e.changed_by, e.changed_at, e.changed_by
FROM engagement e
JOIN contact c ON c.id = e.contact
ORDER BY e.id;

-- A number that was used once is not used again.
DELETE FROM sqlite_sequence WHERE name = 'engagement_of_state';
INSERT INTO sqlite_sequence (name, seq) SELECT 'engagement_of_state', seq FROM sqlite_sequence WHERE name = 'engagement';

CREATE TABLE contact_of_engagement (
    contact    TEXT NOT NULL,
    engagement INTEGER NOT NULL
) STRICT;

INSERT INTO contact_of_engagement (contact, engagement) SELECT contact, id FROM engagement ORDER BY contact, id;

DROP TABLE engagement;

ALTER TABLE engagement_of_state RENAME TO engagement;

CREATE TABLE engagement_contact (
    contact    TEXT NOT NULL REFERENCES contact (id),
    engagement INTEGER NOT NULL REFERENCES engagement (id),
    PRIMARY KEY (contact, engagement)
) STRICT, WITHOUT ROWID;

INSERT INTO engagement_contact (contact, engagement)
SELECT contact, engagement FROM contact_of_engagement ORDER BY contact, engagement;

DROP TABLE contact_of_engagement;

-- The engagement from each of its versions on, with its contacts as words.
CREATE TABLE engagement_change (
    engagement   INTEGER NOT NULL REFERENCES engagement (id),
    version      INTEGER NOT NULL,
    member_state TEXT NOT NULL,
    contacts     TEXT NOT NULL,
    resolution   TEXT,
    kind         TEXT NOT NULL,
    on_day       TEXT NOT NULL,
    summary      TEXT NOT NULL,
    outcome      TEXT,
    assignee     TEXT,
    confidential INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (engagement, version)
) STRICT, WITHOUT ROWID;

INSERT INTO engagement_change (
    engagement, version, member_state, contacts, kind, on_day, summary, outcome, confidential, changed_at, changed_by
)
SELECT
    e.id, e.version, e.member_state, c.contact, e.kind, e.on_day, e.summary, e.outcome, e.confidential, e.changed_at,
    e.changed_by
FROM engagement e
JOIN engagement_contact c ON c.engagement = e.id
ORDER BY e.id;

CREATE INDEX engagement_by_day ON engagement (on_day, id);
CREATE INDEX engagement_by_member_state ON engagement (member_state, on_day, id);
CREATE INDEX engagement_by_resolution ON engagement (resolution, on_day, id) WHERE resolution IS NOT NULL;
CREATE INDEX engagement_by_assignee ON engagement (assignee, on_day, id) WHERE assignee IS NOT NULL;
CREATE INDEX engagement_by_kind ON engagement (kind, on_day, id);
CREATE INDEX engagement_contact_by_engagement ON engagement_contact (engagement, contact);

PRAGMA secure_delete = OFF;

-- The engagement in which a position was heard.
ALTER TABLE stance ADD COLUMN engagement INTEGER;
ALTER TABLE stance_change ADD COLUMN engagement INTEGER;

-- A change of a confidential engagement is shown to its author and to coordinators.
ALTER TABLE change ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
