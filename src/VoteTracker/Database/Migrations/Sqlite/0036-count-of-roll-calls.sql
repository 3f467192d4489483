-- Forecasts count the roll calls after each commit, to see whether the record changed. The table has long rows, so they count
-- this index instead.
CREATE INDEX roll_call_by_source_and_removal ON roll_call (source, removed_at);
