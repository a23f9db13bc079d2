-- What a search over incidents looks at, besides their notes and event types.
ALTER TABLE incident ADD COLUMN search_text text GENERATED ALWAYS AS (
  title || ' ' || coalesce(situation->'cause'->>'sentence', '') || ' ' || coalesce(situation->'cause'->>'code', '') || ' '
        || coalesce(situation->'extent'->>'datacenters', '') || ' ' || cause_key
) STORED;

-- Trigrams find any part of a word. A database whose owner may not create the extension reads the incidents one by one.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX incident_search_idx ON incident USING gin (search_text gin_trgm_ops) WHERE search_text IS NOT NULL;
  CREATE INDEX incident_event_note_idx ON incident_event USING gin (message gin_trgm_ops) WHERE kind = 'note';
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
  RAISE NOTICE 'pg_trgm is not available: searches over incidents have no index.';
END
$$;
