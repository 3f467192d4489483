-- The text of a resolution, and the text that a co-sponsor signed or was asked for: 0 for the original, 1 for Rev.1. All that
-- was recorded before this migration is about the original.
ALTER TABLE resolution ADD COLUMN text_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE resolution_change ADD COLUMN text_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE co_sponsor ADD COLUMN text_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE co_sponsor_change ADD COLUMN text_version BIGINT NOT NULL DEFAULT 0;

-- The feed of changes since a moment. Changes of the record that is shipped have moments of the past, so that the numbers of
-- changes are not in the order of their moments.
CREATE INDEX change_by_time ON change (at, seq);
