-- The opening day of a session is null where it is not known. Imports wrote the first vote in their file instead; the
-- sessions of a release say who called them.
ALTER TABLE session ALTER COLUMN opened_on DROP NOT NULL;
UPDATE session SET opened_on = NULL WHERE called_by IS NULL;
