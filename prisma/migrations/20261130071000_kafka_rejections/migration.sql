-- Messages of Kafka are rejected too.
ALTER TABLE rejected_message DROP CONSTRAINT rejected_message_source_check,
    ADD CONSTRAINT rejected_message_source_check CHECK (source IN ('pubsub', 'kafka', 'http'));
