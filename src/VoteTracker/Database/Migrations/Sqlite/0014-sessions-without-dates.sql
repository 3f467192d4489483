-- The opening day of a session is null where it is not known. Imports wrote the first vote in their file instead; the
-- sessions of a release say who called them.
ALTER TABLE session ADD COLUMN known_opening TEXT;
UPDATE session SET known_opening = opened_on WHERE called_by IS NOT NULL;
ALTER TABLE session DROP COLUMN opened_on;
ALTER TABLE session RENAME COLUMN known_opening TO opened_on;
