-- tier.objective is the timeliness objective; the two others stand beside it. A type's own objectives go before its tier's.
ALTER TABLE tier
  ADD COLUMN objective_completeness double precision CHECK (objective_completeness > 0 AND objective_completeness <= 1),
  ADD COLUMN objective_skew double precision CHECK (objective_skew > 0 AND objective_skew <= 1);
ALTER TABLE event_type
  ADD COLUMN objective_timeliness double precision CHECK (objective_timeliness > 0 AND objective_timeliness <= 1),
  ADD COLUMN objective_completeness double precision CHECK (objective_completeness > 0 AND objective_completeness <= 1),
  ADD COLUMN objective_skew double precision CHECK (objective_skew > 0 AND objective_skew <= 1);

-- Days whose verdicts changed. Append-only for judges, so they never wait for each other or for the roll-up here.
CREATE TABLE slo_dirty_day (
  id bigserial PRIMARY KEY,
  event_type_id integer NOT NULL,
  day timestamptz(3) NOT NULL,
  cause text NOT NULL CHECK (cause IN ('reports', 'time', 'catalogue', 'excuse', 'excuse_revoked')),
  actor text,
  reason text
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- What a type's hours of a day add to its service levels. Events are sums that may pass 2^53: doubles carry their size.
CREATE TABLE slo_day (
  event_type_id integer NOT NULL,
  day timestamptz(3) NOT NULL,
  excused_hours integer NOT NULL,
  due_hours integer NOT NULL,
  met_hours integer NOT NULL,
  due_events double precision NOT NULL,
  met_events double precision NOT NULL,
  proven_hours integer NOT NULL,
  complete_hours integer NOT NULL,
  unverified_hours integer NOT NULL,
  produced_events double precision NOT NULL,
  lost_events double precision NOT NULL,
  duplicated_events double precision NOT NULL,
  settled_hours integer NOT NULL,
  in_place_hours integer NOT NULL,
  delivered_events double precision NOT NULL,
  skewed_events double precision NOT NULL,
  -- When time alone makes another of its hours count; null once all do.
  matures_at timestamptz(3),
  PRIMARY KEY (event_type_id, day)
);
CREATE INDEX slo_day_day_idx ON slo_day (day);
CREATE INDEX slo_day_matures_at_idx ON slo_day (matures_at) WHERE matures_at IS NOT NULL;

-- The same summed over a month, so that a year of 500 types is 6,500 rows. frozen_…: as it stood, and the terms of the moment,
-- when the month was frozen; restated: the sums are others since.
CREATE TABLE slo_month (
  event_type_id integer NOT NULL,
  month timestamptz(3) NOT NULL,
  excused_hours integer NOT NULL,
  due_hours integer NOT NULL,
  met_hours integer NOT NULL,
  due_events double precision NOT NULL,
  met_events double precision NOT NULL,
  proven_hours integer NOT NULL,
  complete_hours integer NOT NULL,
  unverified_hours integer NOT NULL,
  produced_events double precision NOT NULL,
  lost_events double precision NOT NULL,
  duplicated_events double precision NOT NULL,
  settled_hours integer NOT NULL,
  in_place_hours integer NOT NULL,
  delivered_events double precision NOT NULL,
  skewed_events double precision NOT NULL,
  frozen_at timestamptz(3),
  frozen_counts jsonb,
  frozen_tier text,
  frozen_owner text,
  frozen_timeliness double precision,
  frozen_completeness double precision,
  frozen_skew double precision,
  frozen_tier_timeliness double precision,
  frozen_tier_completeness double precision,
  frozen_tier_skew double precision,
  restated boolean NOT NULL DEFAULT false,
  PRIMARY KEY (month, event_type_id),
  CHECK ((frozen_at IS NULL) = (frozen_counts IS NULL) AND (frozen_at IS NULL) = (frozen_tier IS NULL)
         AND (frozen_at IS NULL) = (frozen_owner IS NULL) AND (frozen_at IS NOT NULL OR NOT restated))
);

-- What broke the promises of a day: rows of troubled days only. '' where nothing can be named.
CREATE TABLE slo_cause (
  event_type_id integer NOT NULL,
  day timestamptz(3) NOT NULL,
  measure text NOT NULL CHECK (measure IN ('timeliness', 'completeness')),
  datacenter text NOT NULL,
  stage text NOT NULL,
  deployment text NOT NULL,
  hours integer NOT NULL,
  events double precision NOT NULL,
  PRIMARY KEY (event_type_id, day, measure, datacenter, stage, deployment)
);
CREATE INDEX slo_cause_day_idx ON slo_cause (day);

-- Hours that do not count, with who said so and why. A revoked excuse stays.
CREATE TABLE slo_excuse (
  id text PRIMARY KEY,
  event_type_ids integer[] NOT NULL,
  scope text NOT NULL,
  from_hour timestamptz(3) NOT NULL,
  to_hour timestamptz(3) NOT NULL,
  reason text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  revoked_at timestamptz(3),
  revoked_by text,
  revoke_reason text,
  CHECK (from_hour < to_hour)
);
CREATE INDEX slo_excuse_from_hour_idx ON slo_excuse (from_hour);

-- What changed of a frozen month, who changed it and why. Never updated, never deleted.
CREATE TABLE slo_restatement (
  id bigserial PRIMARY KEY,
  event_type_id integer NOT NULL,
  month timestamptz(3) NOT NULL,
  restated_at timestamptz(3) NOT NULL,
  days timestamptz(3)[] NOT NULL,
  causes jsonb NOT NULL,
  before jsonb NOT NULL,
  after jsonb NOT NULL
);
CREATE INDEX slo_restatement_month_id_idx ON slo_restatement (month, id);

-- Which change of the catalogue made a type's hours be judged anew.
CREATE TABLE slo_terms_change (
  id bigserial PRIMARY KEY,
  event_type_id integer NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  actor text NOT NULL,
  what text NOT NULL
);
CREATE INDEX slo_terms_change_event_type_id_changed_at_idx ON slo_terms_change (event_type_id, changed_at);

-- The history that is there already.
INSERT INTO slo_dirty_day (event_type_id, day, cause)
SELECT DISTINCT event_type_id, date_trunc('day', hour, 'UTC'), 'time' FROM verdict WHERE revision > 0 ORDER BY 1, 2;
