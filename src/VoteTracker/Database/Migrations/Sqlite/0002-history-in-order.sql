-- The history of stances lies in the order it was made: a commit appends to one place, whatever states it is about.
-- Who asks for one state's history reads its resolution's.
CREATE TABLE stance_change_in_order (
    resolution   TEXT NOT NULL REFERENCES resolution (id),
    version      INTEGER NOT NULL,
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    position     TEXT NOT NULL,
    certainty    TEXT,
    evidence     TEXT,
    evidence_url TEXT,
    note         TEXT,
    contact      TEXT,
    reason       TEXT,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (resolution, version, member_state)
) STRICT, WITHOUT ROWID;

INSERT INTO stance_change_in_order (
    resolution, version, member_state, position, certainty, evidence, evidence_url, note, contact, reason, changed_at,
    changed_by
)
SELECT
    resolution, version, member_state, position, certainty, evidence, evidence_url, note, contact, reason, changed_at,
    changed_by
FROM stance_change
ORDER BY resolution, version, member_state;

DROP TABLE stance_change;

ALTER TABLE stance_change_in_order RENAME TO stance_change;
