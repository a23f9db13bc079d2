-- The board's last 24 hours of all types: neighbours in this index, and nearly so on disk. The type stands in it so that joins on
-- both columns never match on the hour alone, where hundreds of types meet.
CREATE INDEX verdict_hour_event_type_id_idx ON verdict (hour, event_type_id);
-- Ended hours that are not closed, however old: few rows, and none of them needs the table.
CREATE INDEX verdict_unclosed_idx ON verdict (event_type_id, hour) WHERE closed_at IS NULL AND revision > 0;
