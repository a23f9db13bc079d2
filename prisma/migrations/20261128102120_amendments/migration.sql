-- Amendments that are held until the changes come to rest, with what was known when they began. One row an hour and subscription.
-- due_at null: what changed was not material so far, and nobody but this row remembers what it is to be compared with.
CREATE TABLE pending_amendment (
  subscription_id text NOT NULL,
  hour timestamptz(3) NOT NULL,
  event_type_id integer NOT NULL,
  first_changed_at timestamptz(3) NOT NULL,
  due_at timestamptz(3),
  revision integer NOT NULL,
  state text NOT NULL,
  ready boolean NOT NULL,
  known boolean NOT NULL,
  produced bigint NOT NULL,
  delivered bigint NOT NULL,
  lost bigint NOT NULL,
  duplicated bigint NOT NULL,
  PRIMARY KEY (subscription_id, hour)
);
CREATE INDEX pending_amendment_due_at_idx ON pending_amendment (due_at);

-- The figures before the change that a message is about; null: nothing was known.
ALTER TABLE subscription_message
  ADD COLUMN before_state text,
  ADD COLUMN before_ready boolean,
  ADD COLUMN before_known boolean,
  ADD COLUMN before_produced bigint,
  ADD COLUMN before_delivered bigint,
  ADD COLUMN before_lost bigint,
  ADD COLUMN before_duplicated bigint,
  ADD CONSTRAINT subscription_message_before_check CHECK (
    num_nonnulls(before_state, before_ready, before_known, before_produced, before_delivered, before_lost, before_duplicated) IN (0, 7)
  );

-- What the gate answered, to compare later figures with; null: the revision that it was read at is gone.
ALTER TABLE hour_reading
  ADD COLUMN ready boolean,
  ADD COLUMN state text,
  ADD COLUMN known boolean,
  ADD COLUMN produced bigint,
  ADD COLUMN delivered bigint,
  ADD COLUMN lost bigint,
  ADD COLUMN duplicated bigint,
  ADD CONSTRAINT hour_reading_figures_check CHECK (num_nonnulls(ready, state, known, produced, delivered, lost, duplicated) IN (0, 7));

UPDATE hour_reading h
   SET ready = true, state = r.state, known = r.known, produced = r.produced, delivered = r.delivered, lost = r.lost, duplicated = r.duplicated
  FROM verdict_revision r
 WHERE r.event_type_id = h.event_type_id AND r.hour = h.hour AND r.revision = h.last_revision;
