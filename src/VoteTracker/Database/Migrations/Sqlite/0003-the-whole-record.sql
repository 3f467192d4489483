-- A roll call is one row, however many are in it: the whole record is five thousand of them, read in milliseconds.
-- names: every member in it in the order of its code, five letters each, such as 'AFGy ': the code; the vote (y yes,
-- n no, a abstain, x non-voting); what it said afterwards it had intended, or a blank. Null: only totals are known.

ALTER TABLE roll_call ADD COLUMN names TEXT;

UPDATE roll_call
SET names = (
    SELECT GROUP_CONCAT(
        v.member_state
            || CASE v.vote WHEN 'yes' THEN 'y' WHEN 'no' THEN 'n' WHEN 'abstain' THEN 'a' ELSE 'x' END
            || CASE v.intended WHEN 'yes' THEN 'y' WHEN 'no' THEN 'n' WHEN 'abstain' THEN 'a' WHEN 'non-voting' THEN 'x' ELSE ' ' END,
        '' ORDER BY v.member_state
    )
    FROM roll_call_vote v
    WHERE v.resolution = roll_call.resolution AND v.version = roll_call.version
)
WHERE has_names = 1;

DROP TABLE roll_call_vote;

-- The same, a row a name, for whoever asks in SQL. Codes are capitals and votes are not, so a code is found as itself only.
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

CREATE INDEX roll_call_by_day ON roll_call (recorded_on, resolution, version);
CREATE INDEX resolution_by_age ON resolution (created_at, ordinal);

-- What the Library's record says of a text beside the vote, as it was known from a moment on. sha256: of all that was
-- read of it, to tell whether a later file says anything else.
CREATE TABLE library_record (
    resolution       TEXT NOT NULL REFERENCES resolution (id),
    changed_at       TEXT NOT NULL,
    record_id        TEXT NOT NULL,
    draft            TEXT,
    committee_report TEXT,
    meeting          TEXT,
    agenda           TEXT,
    subjects         TEXT,
    note             TEXT,
    sha256           TEXT NOT NULL,
    PRIMARY KEY (resolution, changed_at)
) STRICT, WITHOUT ROWID;

-- An import, done or not. sha256: of the file; basis: of what it was read with; change_seq: the feed when it was done.
CREATE TABLE import (
    id         TEXT NOT NULL PRIMARY KEY,
    strict     INTEGER NOT NULL,
    status     TEXT NOT NULL,
    begun_at   TEXT NOT NULL,
    begun_by   TEXT NOT NULL,
    ended_at   TEXT,
    bytes      INTEGER,
    sha256     TEXT,
    basis      TEXT,
    change_seq INTEGER,
    report     TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX import_by_file ON import (sha256) WHERE sha256 IS NOT NULL;
