-- The id of the key that replaced this one and has the same label.
ALTER TABLE api_key ADD COLUMN replaced_by TEXT;
