-- The votes that are entered while a resolution is put to the vote, until they become the campaign's roll call. Without a
-- status, the vote day was discarded: its version continues. expected: what the forecast expected of each member when the
-- vote day was opened, as JSON.
CREATE TABLE vote_day (
    resolution           TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES resolution (id),
    status               TEXT COLLATE "C",
    held_on              DATE NOT NULL,
    starts_with          TEXT COLLATE "C" NOT NULL REFERENCES member_state (iso3),
    announced_yes        BIGINT,
    announced_no         BIGINT,
    announced_abstain    BIGINT,
    announced_non_voting BIGINT,
    expected             TEXT COLLATE "C",
    opened_at            TIMESTAMPTZ NOT NULL,
    opened_by            TEXT COLLATE "C" NOT NULL,
    changed_at           TIMESTAMPTZ NOT NULL,
    changed_by           TEXT COLLATE "C" NOT NULL,
    proposed_at          TIMESTAMPTZ,
    proposed_by          TEXT COLLATE "C",
    proposed_key         TEXT COLLATE "C",
    confirmed_at         TIMESTAMPTZ,
    confirmed_by         TEXT COLLATE "C",
    version              BIGINT NOT NULL
);

-- The vote of a member. The version is that of the vote day with this change. Without a vote, the entry was removed.
CREATE TABLE vote_day_vote (
    resolution   TEXT COLLATE "C" NOT NULL REFERENCES vote_day (resolution),
    member_state TEXT COLLATE "C" NOT NULL REFERENCES member_state (iso3),
    vote         TEXT COLLATE "C",
    version      BIGINT NOT NULL,
    changed_at   TIMESTAMPTZ NOT NULL,
    changed_by   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (resolution, member_state)
);
