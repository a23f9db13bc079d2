-- Partitions live in a schema of their own, so that "public" holds what schema.prisma describes.
CREATE SCHEMA IF NOT EXISTS partitions;

CREATE TABLE tier (
  name text PRIMARY KEY,
  deadline_seconds integer NOT NULL CHECK (deadline_seconds > 0),
  objective double precision CHECK (objective > 0 AND objective <= 1),
  updated_at timestamptz(3) NOT NULL
);
INSERT INTO tier (name, deadline_seconds, objective, updated_at) VALUES
  ('high', 7200, NULL, 'epoch'), ('normal', 86400, NULL, 'epoch'), ('low', 259200, NULL, 'epoch');

CREATE TABLE event_type (
  id serial PRIMARY KEY,
  name text NOT NULL,
  discovered_at timestamptz(3) NOT NULL,
  claimed_at timestamptz(3),
  owner text,
  tier text,
  deadline_seconds integer CHECK (deadline_seconds > 0),
  datacenters text[] NOT NULL DEFAULT '{}',
  active_from timestamptz(3),
  active_to timestamptz(3),
  max_lost double precision CHECK (max_lost BETWEEN 0 AND 1),
  max_duplicated double precision CHECK (max_duplicated BETWEEN 0 AND 1),
  settle_seconds integer CHECK (settle_seconds >= 0),
  description text,
  labels jsonb NOT NULL DEFAULT '{}',
  hours_through timestamptz(3),
  complete_through timestamptz(3),
  CHECK (claimed_at IS NULL OR (owner IS NOT NULL AND tier IS NOT NULL AND active_from IS NOT NULL AND hours_through IS NOT NULL))
);
CREATE UNIQUE INDEX event_type_name_key ON event_type (name);

CREATE TABLE datacenter (
  id smallserial PRIMARY KEY,
  name text NOT NULL,
  display_name text,
  discovered_at timestamptz(3) NOT NULL,
  claimed_at timestamptz(3),
  active_from timestamptz(3),
  active_to timestamptz(3),
  last_seen_at timestamptz(3),
  CHECK (claimed_at IS NULL OR active_from IS NOT NULL)
);
CREATE UNIQUE INDEX datacenter_name_key ON datacenter (name);

CREATE TABLE reporter (id serial PRIMARY KEY, name text NOT NULL);
CREATE UNIQUE INDEX reporter_name_key ON reporter (name);

CREATE TABLE report (
  hour timestamptz(3) NOT NULL,
  landed_hour timestamptz(3) NOT NULL,
  epoch bigint NOT NULL CHECK (epoch >= 0),
  events bigint NOT NULL CHECK (events >= 0),
  bytes bigint CHECK (bytes >= 0),
  malformed bigint CHECK (malformed >= 0),
  event_type_id integer NOT NULL,
  reporter_id integer NOT NULL,
  datacenter_id smallint NOT NULL,
  stage smallint NOT NULL CHECK (stage BETWEEN 1 AND 3),
  PRIMARY KEY (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour)
) PARTITION BY RANGE (hour);

CREATE TABLE report_packed (
  hour timestamptz(3) NOT NULL,
  event_type_id integer NOT NULL,
  datacenter_id smallint NOT NULL,
  produced bigint,
  published bigint,
  delivered bigint,
  skewed bigint NOT NULL,
  stages smallint[],
  reporter_ids integer[],
  landed_hours timestamptz(3)[],
  epochs bigint[],
  events bigint[],
  bytes bigint[],
  malformed bigint[],
  PRIMARY KEY (event_type_id, hour, datacenter_id)
) PARTITION BY RANGE (hour);

CREATE TABLE produced_hour (
  hour timestamptz(3) NOT NULL,
  datacenter_id smallint NOT NULL,
  PRIMARY KEY (hour, datacenter_id)
) PARTITION BY RANGE (hour);

CREATE TABLE watermark (
  event_type_id integer NOT NULL,
  datacenter_id smallint NOT NULL,
  watermark timestamptz(3) NOT NULL,
  observed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (event_type_id, datacenter_id)
);

CREATE TABLE closing_step (
  event_type_id integer NOT NULL,
  datacenter_id smallint NOT NULL,
  closed_through timestamptz(3) NOT NULL,
  closed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (event_type_id, datacenter_id, closed_through)
);

CREATE TABLE hour_marker (
  hour timestamptz(3) NOT NULL,
  event_type_id integer NOT NULL,
  datacenter_id smallint NOT NULL,
  closed_at timestamptz(3) NOT NULL,
  location text,
  PRIMARY KEY (event_type_id, hour, datacenter_id)
) PARTITION BY RANGE (hour);

CREATE TABLE verdict (
  hour timestamptz(3) NOT NULL,
  event_type_id integer NOT NULL,
  state text NOT NULL CHECK (state IN ('open','late','closing','complete','verifying','unverified','incomplete','overcounted')),
  revision integer NOT NULL DEFAULT 0,
  settled boolean NOT NULL DEFAULT false,
  amended boolean NOT NULL DEFAULT false,
  closed_at timestamptz(3),
  deadline_at timestamptz(3) NOT NULL,
  produced bigint NOT NULL DEFAULT 0,
  delivered bigint NOT NULL DEFAULT 0,
  lost bigint NOT NULL DEFAULT 0,
  duplicated bigint NOT NULL DEFAULT 0,
  skewed bigint NOT NULL DEFAULT 0,
  known boolean NOT NULL DEFAULT false,
  evidence jsonb NOT NULL DEFAULT '[]',
  next_due_at timestamptz(3),
  judged_at timestamptz(3),
  PRIMARY KEY (event_type_id, hour)
) PARTITION BY RANGE (hour);
-- What time makes due: few rows of the newest hours.
CREATE INDEX verdict_next_due_at_idx ON verdict (next_due_at) WHERE next_due_at IS NOT NULL;
-- Where the unbroken run ends, and its holes.
CREATE INDEX verdict_not_complete_idx ON verdict (event_type_id, hour) WHERE state <> 'complete';

CREATE TABLE verdict_revision (
  hour timestamptz(3) NOT NULL,
  event_type_id integer NOT NULL,
  revision integer NOT NULL,
  known_at timestamptz(3) NOT NULL,
  state text NOT NULL,
  amended boolean NOT NULL,
  closed_at timestamptz(3),
  deadline_at timestamptz(3) NOT NULL,
  produced bigint NOT NULL,
  delivered bigint NOT NULL,
  lost bigint NOT NULL,
  duplicated bigint NOT NULL,
  skewed bigint NOT NULL,
  known boolean NOT NULL,
  evidence jsonb NOT NULL,
  PRIMARY KEY (event_type_id, hour, revision)
) PARTITION BY RANGE (hour);

CREATE TABLE dirty_hour (
  id bigserial PRIMARY KEY,
  event_type_id integer NOT NULL,
  hour timestamptz(3) NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE TABLE rejected_message (
  id bigserial PRIMARY KEY,
  source text NOT NULL CHECK (source IN ('pubsub', 'http')),
  message_id text,
  received_at timestamptz(3) NOT NULL,
  reason text NOT NULL,
  faults jsonb NOT NULL,
  attributes jsonb NOT NULL DEFAULT '{}',
  payload bytea NOT NULL,
  payload_bytes integer NOT NULL,
  resubmitted_at timestamptz(3),
  resubmitted_by text
);
CREATE UNIQUE INDEX rejected_message_message_id_key ON rejected_message (message_id);
CREATE INDEX rejected_message_received_at_idx ON rejected_message (received_at);

CREATE TABLE component_instance (
  datacenter_id smallint NOT NULL,
  component text NOT NULL,
  instance text NOT NULL,
  version text,
  started_at timestamptz(3),
  last_seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (datacenter_id, component, instance)
);

CREATE TABLE deployment (
  id bigserial PRIMARY KEY,
  source text NOT NULL,
  event_id text NOT NULL,
  datacenter_id smallint,
  component text NOT NULL,
  version text NOT NULL,
  deployed_at timestamptz(3) NOT NULL,
  deployed_by text,
  url text
);
CREATE UNIQUE INDEX deployment_source_event_id_key ON deployment (source, event_id);
CREATE INDEX deployment_deployed_at_idx ON deployment (deployed_at);

CREATE TABLE backlog (
  event_type_id integer NOT NULL,
  datacenter_id smallint NOT NULL,
  stage smallint NOT NULL CHECK (stage BETWEEN 1 AND 3),
  oldest_age_seconds double precision NOT NULL,
  messages bigint,
  observed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (event_type_id, datacenter_id, stage)
);

CREATE TABLE api_token (
  id text PRIMARY KEY,
  name text NOT NULL,
  hash bytea NOT NULL,
  scopes text[],
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3)
);
CREATE UNIQUE INDEX api_token_hash_key ON api_token (hash);

CREATE TABLE lease (
  name text PRIMARY KEY,
  holder text NOT NULL,
  expires_at timestamptz(3) NOT NULL
);

CREATE TABLE ingest_worker (
  instance text PRIMARY KEY,
  last_ingest_at timestamptz(3) NOT NULL,
  messages bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0
);
