-- The claim reads a receiver's messages in this order and stops when it has enough.
DROP INDEX delivery_due_idx;
CREATE INDEX delivery_due_idx ON delivery (producer, receiver, due_at, id) WHERE state = 'queued';
