-- The votes that are entered while a resolution is put to the vote, until they become the campaign's roll call. Without a
-- status, the vote day was discarded: its version continues. expected: what the forecast expected of each member when the
-- vote day was opened, as JSON.
CREATE TABLE vote_day (
    resolution           TEXT NOT NULL PRIMARY KEY REFERENCES resolution (id),
    status               TEXT,
    held_on              TEXT NOT NULL,
    starts_with          TEXT NOT NULL REFERENCES member_state (iso3),
    announced_yes        INTEGER,
    announced_no         INTEGER,
    announced_abstain    INTEGER,
    announced_non_voting INTEGER,
    expected             TEXT,
    opened_at            TEXT NOT NULL,
    opened_by            TEXT NOT NULL,
    changed_at           TEXT NOT NULL,
    changed_by           TEXT NOT NULL,
    proposed_at          TEXT,
    proposed_by          TEXT,
    proposed_key         TEXT,
    confirmed_at         TEXT,
    confirmed_by         TEXT,
    version              INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The vote of a member. The version is that of the vote day with this change. Without a vote, the entry was removed.
CREATE TABLE vote_day_vote (
    resolution   TEXT NOT NULL REFERENCES vote_day (resolution),
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    vote         TEXT,
    version      INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (resolution, member_state)
) STRICT, WITHOUT ROWID;
