-- An endorsement of the campaign's demand by an organisation. name_key: the folded name, by which names are compared.
-- languages: tags of BCP 47, separated by blanks.
CREATE TABLE endorsement (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    organisation TEXT NOT NULL,
    name_key     TEXT NOT NULL,
    member_state TEXT REFERENCES member_state (iso3),
    resolution   TEXT REFERENCES resolution (id),
    kind         TEXT,
    languages    TEXT,
    url          TEXT,
    signed_on    TEXT,
    is_public    INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL
) STRICT;

-- An organisation endorses once for each state and resolution. A unique index has each NULL apart, so it has '' instead.
CREATE UNIQUE INDEX endorsement_by_name ON endorsement (name_key, COALESCE(member_state, ''), COALESCE(resolution, ''));

-- Sums are read from the index alone.
CREATE INDEX endorsement_by_state ON endorsement (member_state, kind, is_public, resolution);
CREATE INDEX endorsement_by_resolution ON endorsement (resolution) WHERE resolution IS NOT NULL;

-- A formal act of a state, which is a public document.
CREATE TABLE act (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    kind         TEXT NOT NULL,
    title        TEXT NOT NULL,
    on_day       TEXT NOT NULL,
    url          TEXT NOT NULL,
    resolution   TEXT REFERENCES resolution (id),
    version      INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL
) STRICT;

CREATE INDEX act_by_day ON act (on_day, id);
CREATE INDEX act_by_state ON act (member_state, on_day, id);
CREATE INDEX act_by_resolution ON act (resolution, on_day, id) WHERE resolution IS NOT NULL;

-- A pressure on a member: on one resolution, or on all if resolution is NULL.
CREATE TABLE pressure (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    member_state TEXT NOT NULL REFERENCES member_state (iso3),
    resolution   TEXT REFERENCES resolution (id),
    source       TEXT,
    kind         TEXT NOT NULL,
    towards      TEXT NOT NULL,
    level        TEXT NOT NULL,
    note         TEXT,
    version      INTEGER NOT NULL,
    changed_at   TEXT NOT NULL,
    changed_by   TEXT NOT NULL
) STRICT;

CREATE INDEX pressure_by_state ON pressure (member_state, id);
CREATE INDEX pressure_by_resolution ON pressure (resolution, id);
