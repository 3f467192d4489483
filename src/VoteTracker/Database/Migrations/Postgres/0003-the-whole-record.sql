-- A roll call is one row, however many are in it: the whole record is five thousand of them, read in milliseconds.
-- names: every member in it in the order of its code, five letters each, such as 'AFGy ': the code; the vote (y yes,
-- n no, a abstain, x non-voting); what it said afterwards it had intended, or a blank. Null: only totals are known.

ALTER TABLE roll_call ADD COLUMN names TEXT COLLATE "C";

-- The same, a row a name, for whoever asks in SQL. Codes are capitals and votes are not, so a code is found as itself only.
CREATE VIEW roll_call_vote (resolution, version, member_state, vote, intended) AS
SELECT
    c.resolution,
    c.version,
    m.iso3,
    CASE SUBSTR(c.names, STRPOS(c.names, m.iso3) + 3, 1)
        WHEN 'y' THEN 'yes' WHEN 'n' THEN 'no' WHEN 'a' THEN 'abstain' WHEN 'x' THEN 'non-voting'
    END,
    CASE SUBSTR(c.names, STRPOS(c.names, m.iso3) + 4, 1)
        WHEN 'y' THEN 'yes' WHEN 'n' THEN 'no' WHEN 'a' THEN 'abstain' WHEN 'x' THEN 'non-voting'
    END
FROM roll_call c
JOIN member_state m ON STRPOS(c.names, m.iso3) > 0;

CREATE INDEX roll_call_by_day ON roll_call (recorded_on, resolution, version);
CREATE INDEX resolution_by_age ON resolution (created_at, ordinal);

-- What the Library's record says of a text beside the vote, as it was known from a moment on. sha256: of all that was
-- read of it, to tell whether a later file says anything else.
CREATE TABLE library_record (
    resolution       TEXT COLLATE "C" NOT NULL REFERENCES resolution (id),
    changed_at       TIMESTAMPTZ NOT NULL,
    record_id        TEXT COLLATE "C" NOT NULL,
    draft            TEXT COLLATE "C",
    committee_report TEXT COLLATE "C",
    meeting          TEXT COLLATE "C",
    agenda           TEXT COLLATE "C",
    subjects         TEXT COLLATE "C",
    note             TEXT COLLATE "C",
    sha256           TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (resolution, changed_at)
);

-- An import, done or not. sha256: of the file; basis: of what it was read with; change_seq: the feed when it was done.
CREATE TABLE import (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    strict     BOOLEAN NOT NULL,
    status     TEXT COLLATE "C" NOT NULL,
    begun_at   TIMESTAMPTZ NOT NULL,
    begun_by   TEXT COLLATE "C" NOT NULL,
    ended_at   TIMESTAMPTZ,
    bytes      BIGINT,
    sha256     TEXT COLLATE "C",
    basis      TEXT COLLATE "C",
    change_seq BIGINT,
    report     TEXT COLLATE "C"
);

CREATE INDEX import_by_file ON import (sha256) WHERE sha256 IS NOT NULL;
