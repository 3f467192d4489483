-- A comment on a stance. The stance itself can be unknown. mentions: the labels that the text names, as JSON.
CREATE TABLE comment (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    resolution   TEXT NOT NULL REFERENCES resolution (id),
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    text         TEXT NOT NULL,
    mentions     TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    created_by   TEXT NOT NULL
) STRICT;

CREATE INDEX comment_by_stance ON comment (resolution, member_state, id);

-- The comments that name a label, the newest at the end.
CREATE TABLE comment_mention (
    label      TEXT NOT NULL,
    created_at TEXT NOT NULL,
    comment    INTEGER NOT NULL REFERENCES comment (id),
    PRIMARY KEY (label, created_at, comment)
) STRICT, WITHOUT ROWID;

CREATE INDEX comment_mention_by_comment ON comment_mention (comment);

-- A filter of the desk that a team member saved under a name. A row without a filter is a view that was deleted: its
-- version continues. The resolution can have been deleted since.
CREATE TABLE saved_view (
    label      TEXT NOT NULL,
    name       TEXT NOT NULL,
    filter     TEXT,
    resolution TEXT,
    shared     INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (label, name)
) STRICT, WITHOUT ROWID;
