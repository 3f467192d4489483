-- Moments are UTC text of fixed width (they sort as text), days are YYYY-MM-DD, words are those of the contract.

CREATE TABLE secret (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE fact (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- The facts: written from data/ alone, brought up to date by a later version of the service.

CREATE TABLE member_state (
    iso3           TEXT NOT NULL PRIMARY KEY,
    iso2           TEXT,
    m49            TEXT,
    kind           TEXT NOT NULL,
    undl_name      TEXT,
    name_en        TEXT NOT NULL,
    name_fr        TEXT,
    name_es        TEXT,
    name_ru        TEXT,
    name_zh        TEXT,
    name_ar        TEXT,
    formal_en      TEXT,
    member_from    TEXT,
    member_until   TEXT,
    regional_group TEXT,
    group_note     TEXT
) STRICT;

CREATE TABLE membership_break (
    iso3      TEXT NOT NULL REFERENCES member_state (iso3),
    from_day  TEXT NOT NULL,
    until_day TEXT NOT NULL,
    why       TEXT NOT NULL,
    PRIMARY KEY (iso3, from_day)
) STRICT;

CREATE TABLE state_group (
    ordinal INTEGER NOT NULL PRIMARY KEY,
    key     TEXT NOT NULL UNIQUE,
    scheme  TEXT NOT NULL,
    name    TEXT NOT NULL
) STRICT;

CREATE TABLE group_membership (
    group_key TEXT NOT NULL REFERENCES state_group (key),
    iso3      TEXT NOT NULL REFERENCES member_state (iso3),
    from_day  TEXT,
    until_day TEXT
) STRICT;

CREATE TABLE session (
    id        TEXT NOT NULL PRIMARY KEY,
    number    INTEGER NOT NULL,
    emergency INTEGER NOT NULL,
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    subject   TEXT NOT NULL,
    called_by TEXT
) STRICT;

-- What people do.

-- origin: 'record' came with the service and may be brought up to date by a later version; 'user' never is.
CREATE TABLE resolution (
    ordinal    INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    symbol     TEXT,
    title      TEXT NOT NULL,
    session    TEXT NOT NULL REFERENCES session (id),
    kind       TEXT NOT NULL,
    parent     TEXT REFERENCES resolution (id),
    rule       TEXT NOT NULL,
    status     TEXT NOT NULL,
    vote_on    TEXT,
    visibility TEXT NOT NULL,
    baseline   TEXT,
    record_url TEXT,
    origin     TEXT NOT NULL,
    version    INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

CREATE INDEX resolution_by_session ON resolution (session, ordinal);
CREATE INDEX resolution_by_parent ON resolution (parent) WHERE parent IS NOT NULL;

-- Every change of anything, in the order of its commits: the feed, and where a version of the past is found.
CREATE TABLE change (
    seq          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at           TEXT NOT NULL,
    by           TEXT NOT NULL,
    by_key       TEXT,
    kind         TEXT NOT NULL,
    resolution   TEXT,
    member_state TEXT,
    contact      TEXT,
    version      INTEGER
) STRICT;

CREATE INDEX change_by_resolution ON change (resolution, at, version);

-- The fields of a resolution as they stood from this version on.
CREATE TABLE resolution_change (
    resolution TEXT NOT NULL REFERENCES resolution (id),
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    rule       TEXT NOT NULL,
    status     TEXT NOT NULL,
    vote_on    TEXT,
    visibility TEXT NOT NULL,
    PRIMARY KEY (resolution, version)
) STRICT, WITHOUT ROWID;

-- A row whose position is 'unknown' is a stance that was deleted: its version goes on.
CREATE TABLE stance (
    resolution   TEXT NOT NULL REFERENCES resolution (id),
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    position     TEXT NOT NULL,
    certainty    TEXT,
    evidence     TEXT,
    evidence_url TEXT,
    note         TEXT,
    contact      TEXT,
    version      INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (resolution, member_state)
) STRICT, WITHOUT ROWID;

CREATE TABLE stance_change (
    resolution   TEXT NOT NULL REFERENCES resolution (id),
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    version      INTEGER NOT NULL,
    position     TEXT NOT NULL,
    certainty    TEXT,
    evidence     TEXT,
    evidence_url TEXT,
    note         TEXT,
    contact      TEXT,
    reason       TEXT,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (resolution, member_state, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE co_sponsor (
    resolution   TEXT NOT NULL REFERENCES resolution (id),
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    status       TEXT NOT NULL,
    role         TEXT NOT NULL,
    since        TEXT,
    withdrawn_on TEXT,
    note         TEXT,
    version      INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (resolution, member_state)
) STRICT, WITHOUT ROWID;

-- status is null where the entry was taken away.
CREATE TABLE co_sponsor_change (
    resolution   TEXT NOT NULL REFERENCES resolution (id),
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    version      INTEGER NOT NULL,
    status       TEXT,
    role         TEXT,
    since        TEXT,
    withdrawn_on TEXT,
    note         TEXT,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (resolution, member_state, version)
) STRICT, WITHOUT ROWID;

-- A roll call as it was recorded at a version; the newest one counts. Without names, only totals are known.
CREATE TABLE roll_call (
    resolution           TEXT NOT NULL REFERENCES resolution (id),
    version              INTEGER NOT NULL,
    recorded_on          TEXT NOT NULL,
    has_names            INTEGER NOT NULL,
    members              INTEGER NOT NULL,
    announced_yes        INTEGER,
    announced_no         INTEGER,
    announced_abstain    INTEGER,
    announced_non_voting INTEGER,
    changed_at           TEXT NOT NULL,
    changed_by           TEXT NOT NULL,
    PRIMARY KEY (resolution, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE roll_call_vote (
    resolution   TEXT NOT NULL,
    version      INTEGER NOT NULL,
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    vote         TEXT NOT NULL,
    intended     TEXT,
    PRIMARY KEY (resolution, version, member_state),
    FOREIGN KEY (resolution, version) REFERENCES roll_call (resolution, version)
) STRICT, WITHOUT ROWID;

-- The entry in force has no ended_at; one that was replaced or taken away keeps its place in what was known when.
CREATE TABLE ineligibility (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    from_day     TEXT NOT NULL,
    until_day    TEXT,
    reason       TEXT NOT NULL,
    note         TEXT,
    entered_at   TEXT NOT NULL,
    entered_by   TEXT NOT NULL,
    ended_at     TEXT
) STRICT;

CREATE UNIQUE INDEX ineligibility_in_force ON ineligibility (member_state) WHERE ended_at IS NULL;

CREATE TABLE contact (
    id           TEXT NOT NULL PRIMARY KEY,
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    name         TEXT NOT NULL,
    title        TEXT,
    office       TEXT NOT NULL,
    email        TEXT,
    phone        TEXT,
    languages    TEXT,
    notes        TEXT,
    version      INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL
) STRICT;

CREATE INDEX contact_by_member_state ON contact (member_state, id);

CREATE TABLE engagement (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    contact    TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    on_day     TEXT NOT NULL,
    summary    TEXT NOT NULL,
    outcome    TEXT,
    next_step  TEXT,
    due_on     TEXT,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

CREATE INDEX engagement_by_contact ON engagement (contact, id);

-- lookup is the start of the hash: found by it, compared whole in constant time.
CREATE TABLE api_key (
    id           TEXT NOT NULL PRIMARY KEY,
    label        TEXT NOT NULL,
    role         TEXT NOT NULL,
    lookup       TEXT NOT NULL UNIQUE,
    hash         TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    expires_at   TEXT,
    revoked_at   TEXT,
    last_used_at TEXT
) STRICT;
