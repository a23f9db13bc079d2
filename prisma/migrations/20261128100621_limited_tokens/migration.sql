-- Glob patterns of what an ingest token may speak for; empty: everything.
ALTER TABLE api_token
  ADD COLUMN datacenters text[] NOT NULL DEFAULT '{}',
  ADD COLUMN event_types text[] NOT NULL DEFAULT '{}';
