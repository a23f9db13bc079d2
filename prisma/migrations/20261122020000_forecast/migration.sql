-- What the product has learned of when hours close. One row.
CREATE TABLE forecast_model (
  name text PRIMARY KEY,
  fitted_at timestamptz(3) NOT NULL,
  closed_hours integer NOT NULL,
  training_rows integer NOT NULL,
  held_out_questions integer,
  held_out_brier double precision,
  model jsonb NOT NULL
);

-- What it says of the hours that are not closed. Every row is written anew every few seconds: half-empty pages keep those
-- writes on the spot, and rows are few enough to be swept often.
CREATE TABLE forecast (
  event_type_id integer NOT NULL,
  hour timestamptz(3) NOT NULL,
  breach_probability double precision NOT NULL CHECK (breach_probability BETWEEN 0 AND 1),
  closes_at_p50 timestamptz(3) NOT NULL,
  closes_at_p90 timestamptz(3) NOT NULL,
  made_at timestamptz(3) NOT NULL,
  PRIMARY KEY (event_type_id, hour),
  CHECK (closes_at_p50 <= closes_at_p90)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- What showed of an hour while it was open, so many seconds after its end: what history keeps no trace of.
CREATE TABLE forecast_sample (
  event_type_id integer NOT NULL,
  hour timestamptz(3) NOT NULL,
  landmark_seconds integer NOT NULL,
  taken_at timestamptz(3) NOT NULL,
  lanes jsonb NOT NULL,
  PRIMARY KEY (event_type_id, hour, landmark_seconds)
);
CREATE INDEX forecast_sample_hour_idx ON forecast_sample (hour);
