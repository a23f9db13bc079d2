-- Marks that facts left go before those of corrections, of which there may be millions: each judge finds its own without passing over the other's.
CREATE INDEX dirty_hour_facts_idx ON dirty_hour (id) WHERE correction_id IS NULL;
CREATE INDEX dirty_hour_corrections_idx ON dirty_hour (hour, event_type_id) WHERE correction_id IS NOT NULL;
