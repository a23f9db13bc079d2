-- Where the span stood that wrote a row, so that the worker that the row wakes goes on in its trace. Null while traces are off.
-- Whoever marks hours does not know of traces: the transaction's own setting is taken.
ALTER TABLE dirty_hour ADD COLUMN traceparent text DEFAULT NULLIF(current_setting('tidemark.traceparent'::text, true), ''::text);
ALTER TABLE alert_due ADD COLUMN traceparent text;
ALTER TABLE notification_group ADD COLUMN traceparent text;
ALTER TABLE delivery ADD COLUMN traceparent text;
