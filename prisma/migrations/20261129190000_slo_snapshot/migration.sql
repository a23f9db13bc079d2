-- A month's report as it was shared: never updated, never deleted. The id is a hash of the report, so that it cannot be another one.
CREATE TABLE slo_snapshot (
  id text PRIMARY KEY,
  month timestamptz(3) NOT NULL,
  report jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL
);
CREATE INDEX slo_snapshot_month_idx ON slo_snapshot (month);
