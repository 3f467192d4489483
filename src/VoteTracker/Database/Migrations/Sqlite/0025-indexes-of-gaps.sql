-- The history of one stance. The key of the table begins with the version, so without the index it is read as a part of the
-- history of the whole resolution. An expression, because SQLite prefers the key to an index of the same columns.
CREATE INDEX stance_change_by_state ON stance_change ((resolution || ' ' || member_state), version);

-- The open tasks that are overdue, and the tasks that have changed since a moment.
CREATE INDEX task_open_by_day ON task (sort_on, id) WHERE done_on IS NULL;
CREATE INDEX task_by_change ON task (changed_at);
