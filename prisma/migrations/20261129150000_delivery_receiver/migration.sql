-- A receiver's log, newest first.
CREATE INDEX delivery_receiver_idx ON delivery (producer, receiver, created_at, dedup_key);
