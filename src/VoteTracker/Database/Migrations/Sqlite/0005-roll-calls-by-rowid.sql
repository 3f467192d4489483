-- With its rowid: in a table without, a row of a thousand letters spills over to a page of its own, four times its size.

CREATE TABLE roll_call_by_rowid (
    resolution           TEXT NOT NULL REFERENCES resolution (id),
    version              INTEGER NOT NULL,
    recorded_on          TEXT NOT NULL,
    has_names            INTEGER NOT NULL,
    names                TEXT,
    members              INTEGER NOT NULL,
    announced_yes        INTEGER,
    announced_no         INTEGER,
    announced_abstain    INTEGER,
    announced_non_voting INTEGER,
    changed_at           TEXT NOT NULL,
    changed_by           TEXT NOT NULL,
    PRIMARY KEY (resolution, version)
) STRICT;

INSERT INTO roll_call_by_rowid (
    resolution, version, recorded_on, has_names, names, members, announced_yes, announced_no, announced_abstain,
    announced_non_voting, changed_at, changed_by
)
SELECT
    resolution, version, recorded_on, has_names, names, members, announced_yes, announced_no, announced_abstain,
    announced_non_voting, changed_at, changed_by
FROM roll_call
ORDER BY resolution, version;

DROP VIEW roll_call_vote;
DROP TABLE roll_call;
ALTER TABLE roll_call_by_rowid RENAME TO roll_call;
CREATE INDEX roll_call_by_day ON roll_call (recorded_on, resolution, version);

CREATE VIEW roll_call_vote (resolution, version, member_state, vote, intended) AS
SELECT
    c.resolution,
    c.version,
    m.iso3,
    CASE SUBSTR(c.names, INSTR(c.names, m.iso3) + 3, 1)
        WHEN 'y' THEN 'yes' WHEN 'n' THEN 'no' WHEN 'a' THEN 'abstain' WHEN 'x' THEN 'non-voting'
    END,
    CASE SUBSTR(c.names, INSTR(c.names, m.iso3) + 4, 1)
        WHEN 'y' THEN 'yes' WHEN 'n' THEN 'no' WHEN 'a' THEN 'abstain' WHEN 'x' THEN 'non-voting'
    END
FROM roll_call c
JOIN member_state m ON INSTR(c.names, m.iso3) > 0;
