-- Something outside that already measures a pipeline: a document as the catalogue's files write it, and what it said last.
CREATE TABLE source (
  name text PRIMARY KEY,
  spec jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  updated_by text NOT NULL
);

-- The last collection of each. Overwritten each minute: what it says is on /metrics too.
CREATE TABLE source_run (
  source text PRIMARY KEY REFERENCES source (name) ON DELETE CASCADE,
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3) NOT NULL,
  succeeded_at timestamptz(3),
  -- since when every collection has failed; null: the last one did not
  failing_since timestamptz(3),
  error text,
  problems jsonb NOT NULL DEFAULT '[]',
  calls int NOT NULL DEFAULT 0,
  events int NOT NULL DEFAULT 0,
  mapped int NOT NULL DEFAULT 0,
  not_mapped int NOT NULL DEFAULT 0
);

-- Everything that it measures, mapped or not.
CREATE TABLE source_resource (
  source text NOT NULL REFERENCES source (name) ON DELETE CASCADE,
  kind text NOT NULL,
  resource text NOT NULL,
  mapped boolean NOT NULL,
  seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (source, kind, resource)
);

-- The newest point of each metric of a resource: what evidence cites.
CREATE TABLE source_reading (
  source text NOT NULL,
  kind text NOT NULL,
  resource text NOT NULL,
  metric text NOT NULL,
  value double precision,
  text text,
  -- the point's end
  at timestamptz(3) NOT NULL,
  -- when it was collected: the difference is how late the source shows it
  seen_at timestamptz(3) NOT NULL,
  sampled_seconds int NOT NULL,
  PRIMARY KEY (source, kind, resource, metric),
  FOREIGN KEY (source, kind, resource) REFERENCES source_resource (source, kind, resource) ON DELETE CASCADE,
  CHECK (value IS NOT NULL OR text IS NOT NULL)
);

-- Which lanes a resource feeds. By name: a type may be mapped before any message of it came.
CREATE TABLE source_lane (
  source text NOT NULL,
  kind text NOT NULL,
  resource text NOT NULL,
  event_type text NOT NULL,
  datacenter text NOT NULL,
  -- 1 produced, 2 published, 3 delivered: what waits in the resource has not reached it; null: nothing waits in it
  stage smallint CHECK (stage BETWEEN 1 AND 3),
  retention_seconds int CHECK (retention_seconds > 0),
  PRIMARY KEY (source, kind, resource, event_type, datacenter),
  FOREIGN KEY (source, kind, resource) REFERENCES source_resource (source, kind, resource) ON DELETE CASCADE
);
CREATE INDEX source_lane_idx ON source_lane (event_type, datacenter);

-- What is counted rather than gauged, by hour: dead-lettered messages, expired deadlines, late messages.
CREATE TABLE source_count (
  source text NOT NULL,
  kind text NOT NULL,
  resource text NOT NULL,
  metric text NOT NULL,
  hour timestamptz(3) NOT NULL,
  count bigint NOT NULL CHECK (count >= 0),
  PRIMARY KEY (source, kind, resource, metric, hour),
  FOREIGN KEY (source, kind, resource) REFERENCES source_resource (source, kind, resource) ON DELETE CASCADE
);
CREATE INDEX source_count_hour_idx ON source_count (hour);
