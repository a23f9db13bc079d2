-- From where each ingest process takes events, and since when a source stands.
CREATE TABLE intake (
    name TEXT NOT NULL,
    instance TEXT NOT NULL,
    standing_since TIMESTAMPTZ(3),
    reason TEXT,
    reported_at TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT intake_pkey PRIMARY KEY (name, instance)
);
