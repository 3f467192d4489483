-- Everything but the data of a release is known from its commit. Imports wrote the day after the vote instead, which
-- stays the place of such a text in the list of resolutions.
ALTER TABLE resolution ADD COLUMN listed_at TIMESTAMPTZ NOT NULL DEFAULT '0001-01-01T00:00:00Z';
UPDATE resolution SET listed_at = created_at;
DROP INDEX resolution_by_age;
CREATE INDEX resolution_by_age ON resolution (listed_at, ordinal);

-- The data of a release have no key, and its name.
UPDATE resolution
SET loaded_at = NULL
WHERE loaded_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM change c
    WHERE c.resolution = resolution.id AND c.version = 1 AND c.by = 'record' AND c.by_key IS NULL
);

UPDATE library_record
SET changed_at = (SELECT r.loaded_at FROM resolution r WHERE r.id = library_record.resolution)
WHERE EXISTS (
    SELECT 1 FROM resolution r
    WHERE r.id = library_record.resolution AND r.loaded_at IS NOT NULL AND r.created_at = library_record.changed_at
);

UPDATE change
SET at = (SELECT r.loaded_at FROM resolution r WHERE r.id = change.resolution)
WHERE version = 1 AND resolution IN (SELECT id FROM resolution WHERE loaded_at IS NOT NULL);

UPDATE resolution_change
SET changed_at = (SELECT r.loaded_at FROM resolution r WHERE r.id = resolution_change.resolution)
WHERE version = 1 AND resolution IN (SELECT id FROM resolution WHERE loaded_at IS NOT NULL);

UPDATE roll_call
SET changed_at = (SELECT r.loaded_at FROM resolution r WHERE r.id = roll_call.resolution)
WHERE version = 1 AND resolution IN (SELECT id FROM resolution WHERE loaded_at IS NOT NULL);

UPDATE resolution
SET created_at = loaded_at, changed_at = CASE WHEN version = 1 THEN loaded_at ELSE changed_at END
WHERE loaded_at IS NOT NULL;

ALTER TABLE resolution DROP COLUMN loaded_at;
