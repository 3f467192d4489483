-- What else a resolution said of itself from a version on: an export of a moment is the same whenever it is made. Where
-- the title is null, what stands in resolution.
ALTER TABLE resolution_change ADD COLUMN symbol TEXT;
ALTER TABLE resolution_change ADD COLUMN title TEXT;
ALTER TABLE resolution_change ADD COLUMN session TEXT;
ALTER TABLE resolution_change ADD COLUMN kind TEXT;
ALTER TABLE resolution_change ADD COLUMN record_url TEXT;

UPDATE resolution_change
SET (symbol, title, session, kind, record_url) = (
    SELECT symbol, title, session, kind, record_url FROM resolution WHERE id = resolution_change.resolution
);

-- When a text that is known from the day after its vote really came in; null where it was there from the beginning.
ALTER TABLE resolution ADD COLUMN loaded_at TEXT;
