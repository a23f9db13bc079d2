-- What silence about a type means: whether a datacenter that reported other types produced nothing of it, and whether reporters
-- that counted it in most of the last hours are expected to count it again.
ALTER TABLE event_type ADD COLUMN implied_zero boolean NOT NULL DEFAULT true;
ALTER TABLE event_type ADD COLUMN expect_reporters boolean NOT NULL DEFAULT false;
