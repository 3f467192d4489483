-- The ids of the resolutions to which a key is limited, with spaces; null for a key without a limit.
ALTER TABLE api_key ADD COLUMN scope TEXT COLLATE "C";

-- A person who signs in with the organisation is a holder without a key: the hash is that of random bits, which are not
-- kept. issuer and subject identify the person at the provider.
ALTER TABLE api_key ADD COLUMN issuer TEXT COLLATE "C";
ALTER TABLE api_key ADD COLUMN subject TEXT COLLATE "C";

CREATE UNIQUE INDEX api_key_by_person ON api_key (issuer, subject) WHERE subject IS NOT NULL;

-- When the session was last used, to some minutes; null if only at its sign-in.
ALTER TABLE page_session ADD COLUMN used_at TIMESTAMPTZ;
