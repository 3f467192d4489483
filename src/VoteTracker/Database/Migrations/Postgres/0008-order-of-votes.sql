-- The place of an amendment, a part or a motion among its siblings when they are put to the vote; null where nobody said.
ALTER TABLE resolution ADD COLUMN vote_order BIGINT;
