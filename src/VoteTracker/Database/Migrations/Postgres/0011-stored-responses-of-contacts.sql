-- The contact that a stored response shows, so that erasing the contact deletes the response too. A response that was
-- stored before this migration may show any contact: '?'. Each is deleted after a day, or with the next contact erased.
ALTER TABLE kept_answer ADD COLUMN contact TEXT COLLATE "C";

UPDATE kept_answer SET contact = '?';

CREATE INDEX kept_answer_by_contact ON kept_answer (contact) WHERE contact IS NOT NULL;
