-- A receiver of events. events: their words, each with a space before and after. secret: the service signs with it, so it
-- cannot be a hash. old_secret signs too, until the end of the rotation. Events of changes after since_seq are sent; of
-- days, those after since_at. The resolution can have been deleted since.
CREATE TABLE webhook (
    id               TEXT NOT NULL PRIMARY KEY,
    url              TEXT NOT NULL,
    events           TEXT NOT NULL,
    resolution       TEXT,
    format           TEXT NOT NULL,
    secret           TEXT NOT NULL,
    old_secret       TEXT,
    old_secret_until TEXT,
    since_seq        INTEGER NOT NULL,
    since_at         TEXT NOT NULL,
    disabled_at      TEXT,
    disabled_reason  TEXT,
    version          INTEGER NOT NULL,
    created_at       TEXT NOT NULL,
    created_by       TEXT NOT NULL,
    changed_at       TEXT NOT NULL,
    changed_by       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row, from the first webhook on. seq: changes up to here have become events. tasks_on: tasks that were due before this
-- day have. edits: counts what users change of webhooks and deliveries. sender: the replica that sends.
CREATE TABLE webhook_cursor (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq      INTEGER NOT NULL,
    tasks_on TEXT NOT NULL,
    edits    INTEGER NOT NULL,
    sender   TEXT
) STRICT;

-- name: the id that the receiver gets, the same at each attempt. payload: JSON. line: the same as a sentence.
CREATE TABLE webhook_event (
    number     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    resolution TEXT,
    payload    TEXT NOT NULL,
    line       TEXT NOT NULL,
    at         TEXT NOT NULL
) STRICT;

-- lane: the resolution, or an empty text. The deliveries of a lane are sent one after the other. event: the row is deleted
-- only after its last delivery, so no index is needed for a foreign key. webhook: no foreign key, because the deliveries of
-- a deleted webhook are deleted later, some at a time. A pending delivery of a disabled webhook counts as failed, and
-- becomes failed later. tries: the attempts since it began for the first time, or again; the next wait follows from them.
CREATE TABLE webhook_delivery (
    id               INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    webhook          TEXT NOT NULL,
    event            INTEGER NOT NULL,
    lane             TEXT NOT NULL,
    status           TEXT NOT NULL,
    attempts         INTEGER NOT NULL,
    tries            INTEGER NOT NULL,
    created_at       TEXT NOT NULL,
    first_attempt_at TEXT,
    last_attempt_at  TEXT,
    next_attempt_at  TEXT,
    delivered_at     TEXT,
    last_status      INTEGER,
    last_fault       TEXT
) STRICT;

CREATE INDEX webhook_delivery_by_webhook ON webhook_delivery (webhook, id);
CREATE INDEX webhook_delivery_pending ON webhook_delivery (webhook, lane, id) WHERE status = 'pending';
CREATE INDEX webhook_delivery_failed ON webhook_delivery (webhook, id) WHERE status = 'failed';

-- The row of the feed of changes that added the comment. Older comments have none.
ALTER TABLE comment ADD COLUMN change INTEGER;
