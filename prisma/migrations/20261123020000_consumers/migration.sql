-- Who depends on an event type, and whom to call. Named per type: the same job may read several with different needs.
CREATE TABLE consumer (
  id serial PRIMARY KEY,
  event_type_id integer NOT NULL,
  name text NOT NULL,
  contact text NOT NULL,
  description text,
  min_completeness double precision CHECK (min_completeness BETWEEN 0 AND 1),
  registered_at timestamptz(3) NOT NULL,
  registered_by text NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX consumer_event_type_id_name_key ON consumer (event_type_id, name);

-- Which consumer was told by the gate that it may read an hour, and at which revision: who an amendment concerns.
CREATE TABLE hour_reading (
  event_type_id integer NOT NULL,
  hour timestamptz(3) NOT NULL,
  consumer_id integer NOT NULL,
  first_read_at timestamptz(3) NOT NULL,
  first_revision integer NOT NULL,
  last_read_at timestamptz(3) NOT NULL,
  last_revision integer NOT NULL,
  asked_by text NOT NULL,
  PRIMARY KEY (event_type_id, hour, consumer_id)
);

-- Webhooks that consumers want. The secrets sign messages, so they are kept as they are.
CREATE TABLE subscription (
  id text PRIMARY KEY,
  consumer_id integer NOT NULL,
  event_type_id integer NOT NULL,
  url text NOT NULL,
  allow_private boolean NOT NULL,
  events text[] NOT NULL CHECK (cardinality(events) > 0 AND events <@ ARRAY['complete', 'amended', 'incomplete', 'run']),
  run_hours integer CHECK (run_hours BETWEEN 2 AND 744),
  secret text NOT NULL,
  previous_secret text,
  previous_secret_until timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  CHECK (('run' = ANY (events)) = (run_hours IS NOT NULL)),
  CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL))
);
CREATE INDEX subscription_event_type_id_idx ON subscription (event_type_id);
CREATE INDEX subscription_consumer_id_idx ON subscription (consumer_id);

-- What subscriptions are told, written with the verdict that asks for it. The newest of an hour is what the next is compared with.
CREATE TABLE subscription_message (
  id text PRIMARY KEY,
  subscription_id text NOT NULL,
  event_type_id integer NOT NULL,
  -- of a run the first
  hour timestamptz(3) NOT NULL,
  event text NOT NULL CHECK (event IN ('complete', 'amended', 'incomplete', 'run')),
  sequence integer NOT NULL,
  run_hours integer,
  state text NOT NULL,
  ready boolean NOT NULL,
  revision integer NOT NULL,
  previous_revision integer,
  known boolean NOT NULL,
  produced bigint NOT NULL,
  delivered bigint NOT NULL,
  lost bigint NOT NULL,
  duplicated bigint NOT NULL,
  skewed bigint NOT NULL,
  queued_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  delivered_at timestamptz(3),
  gave_up_at timestamptz(3),
  last_error text
);
CREATE UNIQUE INDEX subscription_message_subscription_id_hour_event_sequence_key
  ON subscription_message (subscription_id, hour, event, sequence);
CREATE INDEX subscription_message_subscription_id_queued_at_idx ON subscription_message (subscription_id, queued_at);
