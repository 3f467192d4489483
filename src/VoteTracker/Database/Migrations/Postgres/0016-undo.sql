-- An import of stances that changed something. Its changes have the versions from first_version to last_version, without a
-- gap. changes: their number. undone: the number of stances that its revert changed, once it was reverted.
CREATE TABLE stance_import (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    resolution    TEXT COLLATE "C" NOT NULL REFERENCES resolution (id),
    first_version BIGINT NOT NULL,
    last_version  BIGINT NOT NULL,
    changes       BIGINT NOT NULL,
    imported_at   TIMESTAMPTZ NOT NULL,
    imported_by   TEXT COLLATE "C" NOT NULL,
    reverted_at   TIMESTAMPTZ,
    reverted_by   TEXT COLLATE "C",
    undone        BIGINT
);

CREATE UNIQUE INDEX stance_import_by_resolution ON stance_import (resolution, last_version);

-- What a revert needs to know of a change; null in all other changes. stance_import: the import that made it, whose changes
-- are found by their versions. replaced: the version of the stance before it, in changes of imports. restored: the version
-- whose content it restored, 0 for unknown.
ALTER TABLE stance_change ADD COLUMN stance_import TEXT COLLATE "C" REFERENCES stance_import (id);
ALTER TABLE stance_change ADD COLUMN replaced BIGINT;
ALTER TABLE stance_change ADD COLUMN restored BIGINT;

-- A resolution that was deleted, and its versions. A resolution that gets its id again continues after last_version.
CREATE TABLE deleted_resolution (
    id            TEXT COLLATE "C" NOT NULL,
    first_version BIGINT NOT NULL,
    last_version  BIGINT NOT NULL,
    visibility    TEXT COLLATE "C" NOT NULL,
    deleted_at    TIMESTAMPTZ NOT NULL,
    deleted_by    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id, last_version)
);
