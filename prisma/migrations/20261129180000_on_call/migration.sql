-- Who is on call when: documents as the catalogue's files write them, and what replaces their rotations for a while.
CREATE TABLE on_call_schedule (
  name text PRIMARY KEY,
  spec jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  updated_by text NOT NULL
);

CREATE TABLE on_call_override (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  schedule text NOT NULL REFERENCES on_call_schedule (name) ON DELETE CASCADE,
  person text NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  reason text,
  -- the event of the calendar that it was imported from; null: created by hand
  calendar_uid text,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  -- removed ones stay as history
  removed_by text,
  removed_at timestamptz(3),
  CHECK (starts_at < ends_at)
);

CREATE INDEX on_call_override_idx ON on_call_override (schedule, ends_at);
