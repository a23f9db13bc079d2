-- One outbox: messages to channels and to consumers' webhooks are rows of one table, which is claimed directly. Timers are columns
-- with due times. The job queue's schema goes.
ALTER TABLE delivery RENAME COLUMN channel TO receiver;
ALTER TABLE delivery
  -- whose message it is, and what `receiver` names: a channel, or a subscription
  ADD COLUMN producer text NOT NULL DEFAULT 'channel' CHECK (producer IN ('channel', 'subscription')),
  -- when it is tried, by the database's clock; next_attempt_at says the same in the product's time
  ADD COLUMN due_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN claimed_by text,
  -- by the database's clock; the claimant renews it while it sends
  ADD COLUMN claimed_until timestamptz,
  DROP COLUMN claimed_by_job,
  ADD CONSTRAINT delivery_claim_check CHECK ((claimed_by IS NULL) = (claimed_until IS NULL));
ALTER TABLE delivery ALTER COLUMN producer DROP DEFAULT, ALTER COLUMN due_at DROP DEFAULT;
DROP INDEX delivery_waiting_idx;
CREATE INDEX delivery_due_idx ON delivery (producer, receiver, due_at) WHERE state = 'queued';
CREATE INDEX delivery_waiting_idx ON delivery (receiver, thread_key, id) WHERE state = 'queued';
CREATE INDEX delivery_unsent_idx ON delivery (producer, receiver) WHERE state IN ('queued', 'failed');

ALTER TABLE notification_group
  -- by the database's clock; null: nothing to decide
  ADD COLUMN flush_at timestamptz,
  -- when firing alerts are sent to the receiver's Alertmanagers again
  ADD COLUMN resend_at timestamptz;
CREATE INDEX notification_group_flush_idx ON notification_group (flush_at) WHERE flush_at IS NOT NULL;
CREATE INDEX notification_group_resend_idx ON notification_group (resend_at) WHERE resend_at IS NOT NULL;

-- Who is notified next if no one acknowledges. Acknowledging deletes the rows.
CREATE TABLE escalation (
  incident_id bigint NOT NULL REFERENCES incident ON UPDATE NO ACTION ON DELETE CASCADE,
  receiver text NOT NULL,
  step integer NOT NULL,
  due_at timestamptz NOT NULL,
  PRIMARY KEY (incident_id, receiver, step)
);
CREATE INDEX escalation_due_at_idx ON escalation (due_at);

-- Firing alerts have not followed the tree yet.
ALTER TABLE routing_tree ADD COLUMN reroute_due boolean NOT NULL DEFAULT false;

INSERT INTO delivery (dedup_key, producer, receiver, thread_key, kind, body, state, created_at, sent_at, attempts, due_at, next_attempt_at)
SELECT m.id, 'subscription', m.subscription_id,
       to_char(m.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24') || ' '
         || CASE WHEN m.event = 'run' THEN 'run' WHEN m.event IN ('day', 'day-amended') THEN 'day' ELSE 'hour' END,
       m.event,
       jsonb_build_object('title', t.name || ' ' || coalesce(m.day, to_char(m.hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24')),
                          'receiver', c.name, 'state', m.state, 'ready', m.ready, 'revision', m.revision),
       CASE WHEN m.delivered_at IS NOT NULL THEN 'sent' WHEN m.gave_up_at IS NOT NULL THEN 'failed' ELSE 'queued' END,
       m.queued_at, m.delivered_at, m.attempts, now(),
       CASE WHEN m.delivered_at IS NULL AND m.gave_up_at IS NULL THEN m.queued_at END
  FROM subscription_message m
  JOIN subscription s ON s.id = m.subscription_id
  JOIN consumer c ON c.id = s.consumer_id
  JOIN event_type t ON t.id = s.event_type_id
 -- a thread's messages are sent by id
 ORDER BY m.queued_at, m.sequence, m.id;

INSERT INTO delivery_attempt (delivery_id, at, outcome, detail, duration_ms)
SELECT d.id, coalesce(m.gave_up_at, m.queued_at), CASE WHEN m.gave_up_at IS NULL THEN 'retryable' ELSE 'permanent' END, m.last_error, 0
  FROM subscription_message m JOIN delivery d ON d.dedup_key = m.id
 WHERE m.delivered_at IS NULL AND m.last_error IS NOT NULL;

ALTER TABLE subscription_message
  DROP COLUMN attempts, DROP COLUMN delivered_at, DROP COLUMN gave_up_at, DROP COLUMN last_error,
  DROP COLUMN claimed_by, DROP COLUMN claimed_until;

-- What waited as a job keeps its time. A new database has no such schema.
DO $$
BEGIN
  IF to_regclass('graphile_worker._private_jobs') IS NULL THEN
    RETURN;
  END IF;
  UPDATE delivery SET due_at = job.run_at
    FROM graphile_worker._private_jobs job
   WHERE state = 'queued' AND job.key IN ('deliver:' || delivery.id, 'subscription ' || delivery.dedup_key);
  CREATE TEMPORARY TABLE waiting_job ON COMMIT DROP AS
  SELECT task.identifier AS task, job.payload, job.run_at
    FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id;
  UPDATE notification_group SET flush_at = job.run_at FROM waiting_job job
   WHERE job.task = 'flush' AND job.payload->>'key' = notification_group.key;
  UPDATE notification_group SET resend_at = job.run_at FROM waiting_job job
   WHERE job.task = 'resend' AND job.payload->>'groupKey' = notification_group.key;
  UPDATE routing_tree SET reroute_due = true FROM waiting_job job WHERE job.task = 'reroute';
  INSERT INTO escalation (incident_id, receiver, step, due_at)
  SELECT incident.id, job.payload->>'receiver', (job.payload->>'step')::integer, job.run_at
    FROM waiting_job job JOIN incident ON incident.id = (job.payload->>'incidentId')::bigint
   WHERE job.task = 'escalate'
  ON CONFLICT DO NOTHING;
END $$;
-- a group whose job was lost decides now
UPDATE notification_group SET flush_at = now() WHERE flush_at IS NULL AND told_firing <> '{}';
DROP SCHEMA IF EXISTS graphile_worker CASCADE;
-- A process of the version before would create the schema again and write messages that no one sends. It refuses to start where the
-- schema says that a newer job queue made a breaking change.
CREATE SCHEMA graphile_worker;
CREATE TABLE graphile_worker.migrations (id int PRIMARY KEY, ts timestamptz NOT NULL DEFAULT now(), breaking boolean NOT NULL);
INSERT INTO graphile_worker.migrations VALUES (1000000, now(), true);
