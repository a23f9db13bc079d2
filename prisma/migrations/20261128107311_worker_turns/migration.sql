-- How far each loop of each worker is, by the database's clock, so that one that stands still is seen from everywhere.
CREATE TABLE worker_turn (
  turn text NOT NULL,
  instance text NOT NULL,
  -- when this process began to say so
  since timestamptz(3) NOT NULL,
  -- null: this process has not done a turn, for another holds the lease or because it fails
  completed_at timestamptz(3),
  reported_at timestamptz(3) NOT NULL,
  allowed_age_seconds integer NOT NULL,
  -- how far the process's clock is ahead of the database's
  clock_ahead_ms integer NOT NULL,
  PRIMARY KEY (turn, instance)
);

-- Since when an hour waits for the judge.
ALTER TABLE dirty_hour ADD COLUMN marked_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
