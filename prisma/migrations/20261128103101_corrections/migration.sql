-- What an owner takes back of the facts, or accepts of an hour. Append-only: undoing adds who, when and why.
CREATE TABLE correction (
  id bigserial PRIMARY KEY,
  action text NOT NULL CHECK (action IN ('discard-counts', 'reset-watermark', 'accept-hour')),
  event_type_id integer,
  datacenter_id integer,
  stage smallint CHECK (stage BETWEEN 1 AND 3),
  reporter_id integer,
  -- as they were called: a name that is deleted later can still be read here
  event_type text,
  datacenter text,
  reporter text,
  -- from included, to excluded; null: without a bound
  from_hour timestamptz(3),
  to_hour timestamptz(3),
  after_at timestamptz(3),
  -- facts observed up to here are set aside, also when they arrive later; what is observed afterwards counts
  observed_through timestamptz(3),
  reason text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  -- facts that were there already are moved in batches: how far that is, and when it ended
  cursor_hour timestamptz(3),
  cursor_event_type_id integer,
  affected_hours integer NOT NULL DEFAULT 0,
  applied_at timestamptz(3),
  undone_at timestamptz(3),
  undone_by text,
  undo_reason text,
  restored_at timestamptz(3),
  CHECK (from_hour < to_hour),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
  CHECK (restored_at IS NULL OR undone_at IS NOT NULL),
  CHECK (CASE action
         WHEN 'accept-hour' THEN event_type_id IS NOT NULL AND from_hour IS NOT NULL AND to_hour IS NOT NULL
         WHEN 'reset-watermark' THEN datacenter_id IS NOT NULL AND after_at IS NOT NULL AND observed_through IS NOT NULL
         ELSE event_type_id IS NOT NULL AND datacenter_id IS NOT NULL AND observed_through IS NOT NULL END)
);
CREATE INDEX correction_event_type_id_idx ON correction (event_type_id);
CREATE INDEX correction_datacenter_id_idx ON correction (datacenter_id);
CREATE INDEX correction_unfinished_idx ON correction (id)
  WHERE applied_at IS NULL OR (undone_at IS NOT NULL AND restored_at IS NULL);

-- Facts that do not count while their correction stands, merged as those that do.
CREATE TABLE set_aside_report (
  hour timestamptz(3) NOT NULL,
  landed_hour timestamptz(3) NOT NULL,
  epoch bigint NOT NULL,
  events bigint NOT NULL,
  bytes bigint,
  malformed bigint,
  correction_id bigint NOT NULL,
  event_type_id integer NOT NULL,
  reporter_id integer NOT NULL,
  datacenter_id integer NOT NULL,
  stage smallint NOT NULL,
  PRIMARY KEY (correction_id, event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour)
);
CREATE TABLE set_aside_mark (
  correction_id bigint NOT NULL,
  event_type_id integer NOT NULL,
  datacenter_id integer NOT NULL,
  closed_through timestamptz(3) NOT NULL,
  closed_at timestamptz(3) NOT NULL,
  -- the largest that was said within the hour, and when it was said first
  watermark timestamptz(3) NOT NULL,
  observed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (correction_id, event_type_id, datacenter_id, closed_through)
);
CREATE TABLE set_aside_marker (
  hour timestamptz(3) NOT NULL,
  correction_id bigint NOT NULL,
  event_type_id integer NOT NULL,
  datacenter_id integer NOT NULL,
  closed_at timestamptz(3) NOT NULL,
  location text,
  PRIMARY KEY (correction_id, event_type_id, hour, datacenter_id)
);

-- The figures that an hour was accepted with.
CREATE TABLE accepted_hour (
  hour timestamptz(3) NOT NULL,
  correction_id bigint NOT NULL,
  lost bigint NOT NULL,
  duplicated bigint NOT NULL,
  event_type_id integer NOT NULL,
  known boolean NOT NULL,
  PRIMARY KEY (event_type_id, hour, correction_id)
);

-- For every full hour that watermarks reached, the earliest time of one that did. closing_step keeps only those that no other beats;
-- when a mark is set aside, those that it beat are found here.
CREATE TABLE closing_mark (LIKE closing_step INCLUDING ALL);
INSERT INTO closing_mark SELECT * FROM closing_step;

-- One row. Writers of facts compare it with what they read before: it changes, behind the ingest gate, with what must be read again.
CREATE TABLE fact_version (
  id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  corrections bigint NOT NULL DEFAULT 0,
  names bigint NOT NULL DEFAULT 0
);
INSERT INTO fact_version DEFAULT VALUES;

-- Names that were deleted. Their facts go in batches, until purged_at.
CREATE TABLE deleted_name (
  id bigserial PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('event_type', 'datacenter', 'reporter')),
  name_id integer NOT NULL,
  name text NOT NULL,
  deleted_at timestamptz(3) NOT NULL,
  deleted_by text NOT NULL,
  purged_at timestamptz(3)
);
CREATE INDEX deleted_name_unpurged_idx ON deleted_name (id) WHERE purged_at IS NULL;

-- Which correction asks for an hour to be judged again: set for the transaction that moves its facts.
ALTER TABLE dirty_hour
  ADD COLUMN correction_id bigint DEFAULT nullif(current_setting('tidemark.correction', true), '')::bigint;

ALTER TABLE verdict ADD COLUMN accepted_by_correction bigint;
ALTER TABLE verdict_revision
  ADD COLUMN accepted_by_correction bigint,
  -- which correction, made, ended or undone, this revision comes from
  ADD COLUMN correction_id bigint;

-- Where the unbroken run ends, and its holes: an accepted hour is none.
CREATE INDEX verdict_not_ready_idx ON verdict (event_type_id, hour) WHERE state <> 'complete' AND accepted_by_correction IS NULL;
DROP INDEX verdict_not_complete_idx;

ALTER TABLE slo_dirty_day
  DROP CONSTRAINT slo_dirty_day_cause_check,
  ADD CONSTRAINT slo_dirty_day_cause_check
    CHECK (cause IN ('reports', 'time', 'catalogue', 'excuse', 'excuse_revoked', 'correction'));
