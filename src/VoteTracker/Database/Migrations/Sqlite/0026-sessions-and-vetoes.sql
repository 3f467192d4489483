-- A session that is requested before it convenes. status: requested, convened, closed, withdrawn; null if only the kind and
-- the dates say it. resumes: the adjourned session of a resumption. version: of the session, its requests and its vote in
-- the Council together.
ALTER TABLE session ADD COLUMN kind TEXT NOT NULL DEFAULT 'regular';
ALTER TABLE session ADD COLUMN status TEXT;
ALTER TABLE session ADD COLUMN resumes TEXT;
ALTER TABLE session ADD COLUMN authority TEXT;
ALTER TABLE session ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE session ADD COLUMN changed_at TEXT;
ALTER TABLE session ADD COLUMN changed_by TEXT;

UPDATE session
SET kind = CASE WHEN emergency THEN 'new-emergency-session' WHEN id LIKE 's-%' THEN 'special' ELSE 'regular' END,
    version = (SELECT COALESCE(MAX(first_version), 1) FROM incarnation);

-- The session from each of its versions on. convenes: the change convened it.
CREATE TABLE session_change (
    session    TEXT NOT NULL REFERENCES session (id),
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    kind       TEXT NOT NULL,
    status     TEXT,
    subject    TEXT NOT NULL,
    called_by  TEXT,
    opened_on  TEXT,
    closed_on  TEXT,
    resumes    TEXT,
    authority  TEXT,
    convenes   INTEGER NOT NULL,
    PRIMARY KEY (session, version)
) STRICT, WITHOUT ROWID;

-- A member that requests a session, or concurs with the request of another.
CREATE TABLE session_request (
    session      TEXT NOT NULL REFERENCES session (id),
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    version      INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    requested_on TEXT NOT NULL,
    document     TEXT,
    note         TEXT,
    PRIMARY KEY (session, member_state)
) STRICT, WITHOUT ROWID;

-- requested_on is null where the request was deleted.
CREATE TABLE session_request_change (
    session      TEXT NOT NULL REFERENCES session (id),
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    version      INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    requested_on TEXT,
    document     TEXT,
    note         TEXT,
    PRIMARY KEY (session, member_state, version)
) STRICT, WITHOUT ROWID;

-- The vote of the Security Council on a session. votes: the votes by name as JSON; null if only the totals are known.
-- changed_by is 'record' for the votes of a release.
CREATE TABLE council_vote (
    session    TEXT NOT NULL PRIMARY KEY REFERENCES session (id),
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    held_on    TEXT NOT NULL,
    document   TEXT NOT NULL,
    yes        INTEGER NOT NULL,
    no         INTEGER NOT NULL,
    abstain    INTEGER NOT NULL,
    votes      TEXT
) STRICT, WITHOUT ROWID;

-- held_on and the columns after it are null where the vote was deleted.
CREATE TABLE council_vote_change (
    session    TEXT NOT NULL REFERENCES session (id),
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    held_on    TEXT,
    document   TEXT,
    yes        INTEGER,
    no         INTEGER,
    abstain    INTEGER,
    votes      TEXT,
    PRIMARY KEY (session, version)
) STRICT, WITHOUT ROWID;

-- A draft of the Security Council that a permanent member prevented. against: the codes of those members, with spaces.
-- draft_key: the symbol without blanks, in capitals, by which drafts are compared.
CREATE TABLE council_veto (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    draft      TEXT NOT NULL,
    draft_key  TEXT NOT NULL,
    vetoed_on  TEXT NOT NULL,
    subject    TEXT NOT NULL,
    against    TEXT NOT NULL,
    session    TEXT REFERENCES session (id),
    version    INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX council_veto_by_draft ON council_veto (draft_key, vetoed_on);
CREATE INDEX council_veto_by_day ON council_veto (vetoed_on, id);
CREATE INDEX council_veto_by_session ON council_veto (session) WHERE session IS NOT NULL;

-- The session, if the change is about one.
ALTER TABLE change ADD COLUMN session TEXT;
