-- Rejected messages that were counted, and not stored: a minute's budget was spent.
ALTER TABLE ingest_worker ADD COLUMN unstored BIGINT NOT NULL DEFAULT 0;
