-- What else a resolution said of itself from a version on: an export of a moment is the same whenever it is made. Where
-- the title is null, what stands in resolution.
ALTER TABLE resolution_change ADD COLUMN symbol TEXT COLLATE "C";
ALTER TABLE resolution_change ADD COLUMN title TEXT COLLATE "C";
ALTER TABLE resolution_change ADD COLUMN session TEXT COLLATE "C";
ALTER TABLE resolution_change ADD COLUMN kind TEXT COLLATE "C";
ALTER TABLE resolution_change ADD COLUMN record_url TEXT COLLATE "C";

-- When a text that is known from the day after its vote really came in; null where it was there from the beginning.
ALTER TABLE resolution ADD COLUMN loaded_at TIMESTAMPTZ;
