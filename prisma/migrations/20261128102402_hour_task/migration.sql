-- What a catalogue change asks of hours that are long past: done in the background, the newest first, see docs/adr/0023.
CREATE TABLE hour_task (
  id bigserial PRIMARY KEY,
  event_type_id integer NOT NULL,
  action text NOT NULL CHECK (action IN ('create', 'judge', 'delete')),
  from_hour timestamptz(3) NOT NULL,
  to_hour timestamptz(3) NOT NULL,
  next_hour timestamptz(3) NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  queued_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK (from_hour < to_hour AND next_hour >= from_hour AND next_hour <= to_hour)
);
CREATE INDEX hour_task_event_type_id_idx ON hour_task (event_type_id);
-- What is left to do.
CREATE INDEX hour_task_next_hour_idx ON hour_task (next_hour) WHERE next_hour > from_hour;
