-- Minutes of each datacenter's lanes, from which an incident's onset, cause and recovery are read: watermarks and counts are
-- otherwise kept as they are now. Arrays, one entry a lane: a minute of 500 types at five datacenters is five rows.
CREATE TABLE lane_sample (
  at timestamptz(3) NOT NULL,
  datacenter_id integer NOT NULL REFERENCES datacenter (id) ON DELETE CASCADE,
  heard_at timestamptz(3),
  event_type_ids integer[] NOT NULL,
  watermarks timestamptz(3)[] NOT NULL,
  -- the counts are sums over the hours from here on
  from_hours timestamptz(3)[] NOT NULL,
  -- null: never reported
  produced bigint[] NOT NULL,
  published bigint[] NOT NULL,
  delivered bigint[] NOT NULL,
  skewed bigint[] NOT NULL,
  PRIMARY KEY (datacenter_id, at)
);

CREATE INDEX lane_sample_at_idx ON lane_sample (at);
