-- Rules, channels, the routing tree: documents as the catalogue's files write them, parsed by domain/catalogue.
CREATE TABLE alert_rule (
  name text PRIMARY KEY,
  spec jsonb NOT NULL,
  -- the rules that come with the product are replaced by a document of the same name
  is_default boolean NOT NULL DEFAULT false,
  updated_at timestamptz(3) NOT NULL,
  updated_by text NOT NULL
);
CREATE TABLE channel (
  name text PRIMARY KEY,
  spec jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  updated_by text NOT NULL
);
CREATE TABLE routing_tree (
  name text PRIMARY KEY,
  spec jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  updated_by text NOT NULL
);

-- What is silenced, by whom and why. A silence that ended stays as history.
CREATE TABLE silence (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- of a document: applying it again changes this one
  name text UNIQUE,
  matchers jsonb NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL CHECK (ends_at >= starts_at),
  -- null: all the time between; else time intervals as the routing tree writes them, for maintenance that comes again
  recurrence jsonb,
  reason text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expired_by text
);
CREATE INDEX silence_ends_at_idx ON silence (ends_at);

-- The open ones of one cause: alerts, hours, acts.
CREATE TABLE incident (
  id bigserial PRIMARY KEY,
  cause_key text NOT NULL,
  -- as domain/explain said it when it opened or changed: code, datacenter, stage, since, message, evidence
  cause jsonb NOT NULL,
  title text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('page', 'ticket', 'info')),
  state text NOT NULL CHECK (state IN ('open', 'acknowledged', 'resolved')),
  -- the earliest instant the facts show, and when Tidemark noticed
  since timestamptz(3) NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  acknowledged_at timestamptz(3),
  acknowledged_by text,
  assignee text,
  resolved_at timestamptz(3),
  resolved_by text,
  changed_at timestamptz(3) NOT NULL
);
-- two evaluators that see the same cause open one
CREATE UNIQUE INDEX incident_open_cause_idx ON incident (cause_key) WHERE state <> 'resolved';
CREATE INDEX incident_opened_at_idx ON incident (opened_at);

CREATE TABLE incident_hour (
  incident_id bigint NOT NULL REFERENCES incident ON UPDATE NO ACTION ON DELETE CASCADE,
  event_type_id integer NOT NULL,
  hour timestamptz(3) NOT NULL,
  added_at timestamptz(3) NOT NULL,
  -- when it became final (or, forecast only, closed in time); null: still hurt
  recovered_at timestamptz(3),
  PRIMARY KEY (incident_id, event_type_id, hour)
);
CREATE INDEX incident_hour_open_idx ON incident_hour (event_type_id, hour) WHERE recovered_at IS NULL;

CREATE TABLE incident_event (
  id bigserial PRIMARY KEY,
  incident_id bigint NOT NULL REFERENCES incident ON UPDATE NO ACTION ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  message text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX incident_event_incident_idx ON incident_event (incident_id, id);

-- One rule about one subject. A row that is normal is kept until its history is dropped.
CREATE TABLE alert (
  fingerprint text PRIMARY KEY,
  rule text NOT NULL,
  labels jsonb NOT NULL,
  annotations jsonb NOT NULL DEFAULT '{}',
  severity text NOT NULL CHECK (severity IN ('page', 'ticket', 'info')),
  state text NOT NULL CHECK (state IN ('normal', 'pending', 'firing', 'recovering', 'no-data', 'error')),
  value double precision,
  event_type_id integer,
  datacenter_id smallint,
  -- since it is pending, firing, and when it was last true
  pending_since timestamptz(3),
  firing_since timestamptz(3),
  last_true_at timestamptz(3),
  resolved_at timestamptz(3),
  incident_id bigint REFERENCES incident ON UPDATE NO ACTION ON DELETE SET NULL,
  -- what domain/alert keeps between two looks
  memory jsonb NOT NULL DEFAULT '{}',
  changed_at timestamptz(3) NOT NULL,
  evaluated_at timestamptz(3) NOT NULL
);
CREATE INDEX alert_active_idx ON alert (rule) WHERE state <> 'normal';
CREATE INDEX alert_incident_idx ON alert (incident_id);

CREATE TABLE alert_transition (
  id bigserial PRIMARY KEY,
  fingerprint text NOT NULL,
  rule text NOT NULL,
  labels jsonb NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  at timestamptz(3) NOT NULL,
  value double precision,
  reason text NOT NULL,
  incident_id bigint
);
CREATE INDEX alert_transition_at_idx ON alert_transition (at);
CREATE INDEX alert_transition_fingerprint_idx ON alert_transition (fingerprint, id);

-- Types whose alerts are to be looked at by time's tick although no fact of theirs changed.
CREATE TABLE alert_due (
  event_type_id integer PRIMARY KEY,
  due_at timestamptz(3) NOT NULL
);

-- Route × group labels, and what was last told to whom.
CREATE TABLE notification_group (
  key text PRIMARY KEY,
  receiver text NOT NULL,
  route text NOT NULL,
  labels jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  flushed_at timestamptz(3),
  -- of the last notification: the fingerprints told as firing and as resolved
  notified_at timestamptz(3),
  told_firing text[] NOT NULL DEFAULT '{}',
  told_resolved text[] NOT NULL DEFAULT '{}',
  -- counts notifications, and makes their keys
  sequence integer NOT NULL DEFAULT 0
);

-- One message to one channel.
CREATE TABLE delivery (
  id bigserial PRIMARY KEY,
  -- stable over every retry and restart: receivers deduplicate by it
  dedup_key text NOT NULL UNIQUE,
  channel text NOT NULL,
  kind text NOT NULL,
  incident_id bigint REFERENCES incident ON UPDATE NO ACTION ON DELETE SET NULL,
  group_key text,
  body jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'withdrawn')),
  created_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3),
  attempts integer NOT NULL DEFAULT 0,
  -- what the receiver named it (Slack's ts, PagerDuty's dedup key), for later edits
  receipt jsonb
);
CREATE INDEX delivery_created_at_idx ON delivery (created_at);
CREATE INDEX delivery_incident_idx ON delivery (incident_id);

CREATE TABLE delivery_attempt (
  id bigserial PRIMARY KEY,
  delivery_id bigint NOT NULL REFERENCES delivery ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('sent', 'retryable', 'permanent')),
  status integer,
  detail text NOT NULL,
  duration_ms integer NOT NULL
);
CREATE INDEX delivery_attempt_delivery_idx ON delivery_attempt (delivery_id, id);
