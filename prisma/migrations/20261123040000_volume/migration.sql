-- Times whose counts teach nothing about what is usual: marked incidents. A row is never deleted: who took it back, when and why stays.
CREATE TABLE volume_exclusion (
  id text PRIMARY KEY,
  -- null: every type, every datacenter
  event_type_id integer,
  datacenter_id smallint,
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3) NOT NULL,
  reason text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  removed_at timestamptz(3),
  removed_by text,
  removed_because text,
  CHECK (from_at < to_at),
  CHECK ((removed_at IS NULL) = (removed_by IS NULL) AND (removed_at IS NULL) = (removed_because IS NULL))
);
CREATE INDEX volume_exclusion_to_at_idx ON volume_exclusion (to_at);
