-- Marks of hours that ended and of hours that go on are taken apart: each finds its own without reading through the other's.
DROP INDEX dirty_hour_facts_idx;
CREATE INDEX dirty_hour_facts_idx ON dirty_hour (hour DESC, id) WHERE correction_id IS NULL;
