-- Running totals for /metrics, which outlive the log's retention. Every outcome has a few rows, one of which is chosen at random, so
-- that processes that record at once rarely wait for each other.
CREATE TABLE notification_count (
  -- a channel's type; 'subscription': a consumer's webhook; 'none': a receiver without channels; 'deleted': a channel that is gone
  channel_kind text NOT NULL,
  -- of an attempt: sent, retried, failed, withdrawn; of an alert that was held back: silence, inhibition, time, unchanged
  outcome text NOT NULL,
  slot smallint NOT NULL,
  total bigint NOT NULL,
  PRIMARY KEY (channel_kind, outcome, slot)
);
