-- The board's last 24 hours of all types: neighbours in this index and nearly so on disk. One entry an hour, so it stays small.
CREATE INDEX verdict_hour_idx ON verdict (hour);
-- Ended hours that are not closed, however old: few rows, and none of them needs the table.
CREATE INDEX verdict_unclosed_idx ON verdict (event_type_id, hour) WHERE closed_at IS NULL AND revision > 0;
