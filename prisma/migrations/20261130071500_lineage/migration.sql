-- Run events for an OpenLineage backend leave through the outbox too.
ALTER TABLE delivery DROP CONSTRAINT delivery_producer_check,
  ADD CONSTRAINT delivery_producer_check CHECK (producer IN ('channel', 'subscription', 'lineage'));
