-- An import that changes assignments and no stance does not raise the version of the resolution. So several imports can have
-- the same last_version; the first_version of such an import is above it.
DROP INDEX stance_import_by_resolution;

CREATE INDEX stance_import_by_resolution ON stance_import (resolution, last_version, imported_at, id);

-- The version whose assignee a revert of an import restored, 0 for none; null in all other changes.
ALTER TABLE assignment_change ADD COLUMN restored INTEGER;
