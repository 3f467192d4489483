-- An engagement belongs to a member state, and names any number of contacts.
CREATE TABLE engagement_contact (
    contact    TEXT COLLATE "C" NOT NULL REFERENCES contact (id),
    engagement BIGINT NOT NULL REFERENCES engagement (id),
    PRIMARY KEY (contact, engagement)
);

INSERT INTO engagement_contact (contact, engagement) SELECT contact, id FROM engagement ORDER BY contact, id;

ALTER TABLE engagement
    ADD COLUMN member_state TEXT COLLATE "C" REFERENCES member_state (iso3),
    ADD COLUMN resolution   TEXT COLLATE "C" REFERENCES resolution (id),
    ADD COLUMN assignee     TEXT COLLATE "C",
    ADD COLUMN confidential BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN version      BIGINT,
    ADD COLUMN created_at   TIMESTAMPTZ,
    ADD COLUMN created_by   TEXT COLLATE "C";

UPDATE engagement
SET member_state = (SELECT member_state FROM contact WHERE contact.id = engagement.contact),
    version = (SELECT COALESCE(MAX(first_version), 1) FROM incarnation),
    created_at = changed_at,
    created_by = changed_by;

ALTER TABLE engagement
    ALTER COLUMN member_state SET NOT NULL,
    ALTER COLUMN confidential DROP DEFAULT,
    ALTER COLUMN version SET NOT NULL,
    ALTER COLUMN created_at SET NOT NULL,
    ALTER COLUMN created_by SET NOT NULL,
    DROP COLUMN contact;

-- The engagement from each of its versions on, with its contacts as words.
CREATE TABLE engagement_change (
    engagement   BIGINT NOT NULL REFERENCES engagement (id),
    version      BIGINT NOT NULL,
    member_state TEXT COLLATE "C" NOT NULL,
    contacts     TEXT COLLATE "C" NOT NULL,
    resolution   TEXT COLLATE "C",
    kind         TEXT COLLATE "C" NOT NULL,
    on_day       DATE NOT NULL,
    summary      TEXT COLLATE "C" NOT NULL,
    outcome      TEXT COLLATE "C",
    assignee     TEXT COLLATE "C",
    confidential BOOLEAN NOT NULL,
    changed_at   TIMESTAMPTZ NOT NULL,
    changed_by   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (engagement, version)
);

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

-- The engagement in which a position was heard.
ALTER TABLE stance ADD COLUMN engagement BIGINT;
ALTER TABLE stance_change ADD COLUMN engagement BIGINT;

-- A change of a confidential engagement is shown to its author and to coordinators.
ALTER TABLE change ADD COLUMN confidential BOOLEAN NOT NULL DEFAULT FALSE;
