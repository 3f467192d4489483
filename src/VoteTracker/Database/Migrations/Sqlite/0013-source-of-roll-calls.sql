-- source: 'library', the UN's record, or 'campaign', entered by a user. named: how many members the sender named, where
-- the service added the others; null: all. A removed roll call stays known as of the moments before its removal.
ALTER TABLE roll_call ADD COLUMN source TEXT NOT NULL DEFAULT 'library';
ALTER TABLE roll_call ADD COLUMN named INTEGER;
ALTER TABLE roll_call ADD COLUMN removed_at TEXT;
ALTER TABLE roll_call ADD COLUMN removed_by TEXT;

-- The data of a release have no key, and its name; an import writes what else the Library says at the same moment.
UPDATE roll_call
SET source = 'campaign'
WHERE (
        changed_by <> 'record'
        OR EXISTS (
            SELECT 1 FROM change c
            WHERE c.resolution = roll_call.resolution AND c.version = roll_call.version AND c.kind = 'roll-call'
                AND c.by_key IS NOT NULL
        )
    )
    AND NOT EXISTS (
        SELECT 1 FROM library_record l
        WHERE l.resolution = roll_call.resolution AND l.changed_at = roll_call.changed_at
    );

CREATE INDEX roll_call_by_source ON roll_call (resolution, source, version);
