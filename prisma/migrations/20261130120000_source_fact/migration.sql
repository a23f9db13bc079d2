-- What sources stated of lanes, by hour: evidence cites a source where the fact that counts is one of these.
CREATE TABLE source_fact (
  event_type text NOT NULL,
  datacenter text NOT NULL,
  about text NOT NULL CHECK (about IN ('watermark', 'closing', 'delivered')),
  -- the full hour that the watermark has reached, the end of the hour that is closed, or the hour that is counted
  hour timestamptz(3) NOT NULL,
  source text NOT NULL REFERENCES source (name) ON DELETE CASCADE,
  -- the time of the first fact about the hour
  first_at timestamptz(3) NOT NULL,
  -- the largest of the hour, and the time of the first fact that stated it
  watermark timestamptz(3),
  stated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (event_type, datacenter, about, hour, source),
  CHECK ((about = 'watermark') = (watermark IS NOT NULL))
);
CREATE INDEX source_fact_hour_idx ON source_fact (hour);
CREATE INDEX source_fact_source_idx ON source_fact (source);

-- The time of the newest backlog that was made of the resource.
ALTER TABLE source_lane ADD COLUMN gauged_at timestamptz(3);
