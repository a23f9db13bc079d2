-- Jobs that read a type's dataset, by OpenLineage events: suggestions, until someone registers them as consumers.
CREATE TABLE discovered_consumer (
  event_type_id integer NOT NULL REFERENCES event_type (id) ON DELETE CASCADE,
  -- as it would be registered
  consumer text NOT NULL,
  job_namespace text NOT NULL,
  job_name text NOT NULL,
  first_seen_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (event_type_id, consumer)
);
