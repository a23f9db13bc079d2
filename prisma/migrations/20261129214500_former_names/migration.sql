-- Names under which people acted before their provider renamed them: they stay theirs, as their acts do.
CREATE TABLE former_name (
  name_key text PRIMARY KEY,
  name text NOT NULL,
  person_id text NOT NULL REFERENCES person (id),
  replaced_at timestamptz(3) NOT NULL
);
CREATE INDEX former_name_person_id_idx ON former_name (person_id);
