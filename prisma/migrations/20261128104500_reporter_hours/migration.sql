-- In which hours of a UTC day a reporter reported produced counts of a type that expects its reporters: bit 0 is the first hour.
CREATE TABLE reporter_hours (
  event_type_id integer NOT NULL,
  datacenter_id integer NOT NULL,
  day date NOT NULL,
  reporter_id integer NOT NULL,
  hours integer NOT NULL CHECK (hours BETWEEN 0 AND 16777215),
  PRIMARY KEY (event_type_id, datacenter_id, day, reporter_id)
);

-- What the last write replaced, so that an upsert can return it; null: it was the first.
ALTER TABLE reporter_final ADD COLUMN replaced_at timestamptz(3);
