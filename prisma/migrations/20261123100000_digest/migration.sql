-- Since when a channel wants the monthly digest; null: it does not. Months that were due before are none of its business.
ALTER TABLE channel ADD COLUMN digest_since timestamptz(3);

-- What was decided of a channel's month, once and for good: neither the delivery log's retention, nor a clock that jumps, nor a channel
-- that is made anew under its name sends a month twice.
CREATE TABLE slo_digest (
  channel text NOT NULL,
  month timestamptz(3) NOT NULL,
  decided_at timestamptz(3) NOT NULL,
  -- of the delivery log, for as long as that keeps it
  delivery_id bigint,
  -- why there was nothing to send
  nothing_because text,
  PRIMARY KEY (channel, month)
);
