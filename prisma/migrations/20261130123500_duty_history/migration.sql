-- What a process was refused last, for /status: a process that cannot write may still update its row.
ALTER TABLE worker_turn ADD COLUMN refusal TEXT, ADD COLUMN refused_seconds INTEGER;

-- In how many minutes of an hour each duty was observed, and behind. In real time.
CREATE TABLE duty_hour (
  hour TIMESTAMPTZ(3) NOT NULL,
  duty TEXT NOT NULL,
  minutes SMALLINT NOT NULL,
  minutes_behind SMALLINT NOT NULL,
  last_minute TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT duty_hour_pkey PRIMARY KEY (hour, duty),
  CONSTRAINT duty_hour_minutes CHECK (minutes BETWEEN 1 AND 60 AND minutes_behind BETWEEN 0 AND minutes)
);

-- Retention counts from when a month came in, if that was after its hours: imported history is kept as long as any other.
CREATE TABLE partition_month (
  month DATE NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL,
  facts_dropped_at TIMESTAMPTZ(3),
  CONSTRAINT partition_month_pkey PRIMARY KEY (month)
);
INSERT INTO partition_month (month, created_at, facts_dropped_at)
SELECT to_date(right(relname, 7), 'YYYY_MM'), now(), CASE WHEN bool_or(relname LIKE 'report\_____\___') THEN NULL ELSE now() END
  FROM pg_class
 WHERE relnamespace = 'partitions'::regnamespace AND relkind = 'r' AND relname ~ '^(report|verdict)_\d{4}_\d{2}$'
 GROUP BY 1;
