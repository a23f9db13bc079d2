-- An incident's minutes, kept with it: the lanes' own samples are dropped after two days.
CREATE TABLE incident_sample (
  incident_id bigint NOT NULL REFERENCES incident ON UPDATE NO ACTION ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  -- its alerts that fired
  firing integer NOT NULL,
  -- events produced and not delivered, in the hours that its lanes had not closed; null: unknown
  waiting bigint,
  -- one entry a datacenter: how far behind its slowest lane's watermark was; null: it has none
  datacenter_ids integer[] NOT NULL,
  lag_seconds integer[] NOT NULL,
  PRIMARY KEY (incident_id, at)
);
