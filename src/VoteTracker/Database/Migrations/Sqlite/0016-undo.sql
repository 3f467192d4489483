-- An import of stances that changed something. Its changes have the versions from first_version to last_version, without a
-- gap. changes: their number. undone: the number of stances that its revert changed, once it was reverted.
CREATE TABLE stance_import (
    id            TEXT NOT NULL PRIMARY KEY,
    resolution    TEXT NOT NULL REFERENCES resolution (id),
    first_version INTEGER NOT NULL,
    last_version  INTEGER NOT NULL,
    changes       INTEGER NOT NULL,
    imported_at   TEXT NOT NULL,
    imported_by   TEXT NOT NULL,
    reverted_at   TEXT,
    reverted_by   TEXT,
    undone        INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX stance_import_by_resolution ON stance_import (resolution, last_version);

-- What a revert needs to know of a change; null in all other changes. stance_import: the import that made it, whose changes
-- are found by their versions. replaced: the version of the stance before it, in changes of imports. restored: the version
-- whose content it restored, 0 for unknown.
ALTER TABLE stance_change ADD COLUMN stance_import TEXT REFERENCES stance_import (id);
ALTER TABLE stance_change ADD COLUMN replaced INTEGER;
ALTER TABLE stance_change ADD COLUMN restored INTEGER;

-- A resolution that was deleted, and its versions. A resolution that gets its id again continues after last_version.
CREATE TABLE deleted_resolution (
    id            TEXT NOT NULL,
    first_version INTEGER NOT NULL,
    last_version  INTEGER NOT NULL,
    visibility    TEXT NOT NULL,
    deleted_at    TEXT NOT NULL,
    deleted_by    TEXT NOT NULL,
    PRIMARY KEY (id, last_version)
) STRICT, WITHOUT ROWID;
