-- The keys of Data Protection. protected_by: what protects the value, "nothing", or a key file or certificate with its
-- fingerprint. text_key: a key that encrypts texts about people, encrypted by this key. A text that begins with the character
-- U+0001 is encrypted.
CREATE TABLE protection_key (
    id           TEXT NOT NULL PRIMARY KEY,
    protected_by TEXT NOT NULL,
    value        TEXT NOT NULL,
    text_key     TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    expires_at   TEXT NOT NULL
);

-- The tables that have texts of a release without encryption. The program encrypts them, and deletes these rows.
CREATE TABLE plain_text (
    table_name TEXT NOT NULL PRIMARY KEY
);

-- Each run of the retention period, with the number of contacts that it erased.
CREATE TABLE retention_run (
    ran_at   TEXT NOT NULL PRIMARY KEY,
    contacts INTEGER NOT NULL
);

INSERT INTO plain_text (table_name)
SELECT 'contact' WHERE EXISTS (SELECT 1 FROM contact)
UNION ALL SELECT 'engagement' WHERE EXISTS (SELECT 1 FROM engagement)
UNION ALL SELECT 'engagement_change' WHERE EXISTS (SELECT 1 FROM engagement_change)
UNION ALL SELECT 'task' WHERE EXISTS (SELECT 1 FROM task)
UNION ALL SELECT 'task_change' WHERE EXISTS (SELECT 1 FROM task_change)
UNION ALL SELECT 'comment' WHERE EXISTS (SELECT 1 FROM comment)
UNION ALL SELECT 'stance' WHERE EXISTS (SELECT 1 FROM stance WHERE note IS NOT NULL)
UNION ALL SELECT 'stance_change' WHERE EXISTS (SELECT 1 FROM stance_change WHERE note IS NOT NULL OR reason IS NOT NULL)
UNION ALL SELECT 'co_sponsor' WHERE EXISTS (SELECT 1 FROM co_sponsor WHERE note IS NOT NULL)
UNION ALL SELECT 'co_sponsor_change' WHERE EXISTS (SELECT 1 FROM co_sponsor_change WHERE note IS NOT NULL);
