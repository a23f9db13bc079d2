-- Webhooks that are sent a message about a whole calendar day of a time zone, of one or several event types.
ALTER TABLE subscription
  ADD COLUMN day_zone text,
  ADD COLUMN day_event_type_ids integer[] NOT NULL DEFAULT '{}',
  DROP CONSTRAINT subscription_events_check,
  ADD CONSTRAINT subscription_events_check CHECK (
    cardinality(events) > 0 AND events <@ ARRAY['complete', 'amended', 'incomplete', 'run', 'day', 'day-amended']
  ),
  ADD CONSTRAINT subscription_day_check CHECK (
    ('day' = ANY (events)) = (day_zone IS NOT NULL)
    AND (day_zone IS NULL) = (cardinality(day_event_type_ids) = 0)
    AND ('day' = ANY (events) OR NOT 'day-amended' = ANY (events))
  );

ALTER TABLE subscription_message
  ADD COLUMN day text,
  ADD COLUMN zone text,
  DROP CONSTRAINT subscription_message_event_check,
  ADD CONSTRAINT subscription_message_event_check CHECK (
    event IN ('complete', 'amended', 'incomplete', 'run', 'day', 'day-amended')
  ),
  ADD CONSTRAINT subscription_message_day_check CHECK (
    (event IN ('day', 'day-amended')) = (day IS NOT NULL) AND (day IS NULL) = (zone IS NULL)
  );

-- Days to look at again, for an hour of theirs changed: append-only for judges of different types, which never wait for each other.
CREATE TABLE day_mark (
  id bigserial PRIMARY KEY,
  subscription_id text NOT NULL,
  day text NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  -- the hour became ready: without one of these a day that was never sent is history, not news
  readied boolean NOT NULL
);
CREATE INDEX day_mark_subscription_id_day_idx ON day_mark (subscription_id, day);
