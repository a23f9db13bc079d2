-- How far metrics were written to Cloud Monitoring: one row a project, which the first turn makes.
CREATE TABLE metric_export (
  project text PRIMARY KEY,
  -- of the newest turn that a process claimed: all series get this one time
  point_at timestamptz(3) NOT NULL,
  written_at timestamptz(3),
  series integer NOT NULL DEFAULT 0,
  event_types_left_out integer NOT NULL DEFAULT 0,
  points_written bigint NOT NULL DEFAULT 0,
  points_not_written bigint NOT NULL DEFAULT 0,
  -- why the newest turn did not write everything
  error text,
  failing_since timestamptz(3)
);
