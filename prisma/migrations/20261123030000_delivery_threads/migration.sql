-- Of one channel and one incident, messages leave in the order they were decided in: a resolve never overtakes its page.
ALTER TABLE delivery
  ADD COLUMN thread_key text NOT NULL,
  -- when a message that waits is tried (again); null: not any more
  ADD COLUMN next_attempt_at timestamptz(3),
  ADD COLUMN withdrawn_because text,
  ADD COLUMN replayed_by text;
CREATE INDEX delivery_thread_idx ON delivery (channel, thread_key, id);
CREATE INDEX delivery_waiting_idx ON delivery (id) WHERE state = 'queued';
