-- What waits, and what was given up, among all that was ever told: each webhook's health, and what lost its job.
CREATE INDEX subscription_message_undelivered_idx ON subscription_message (subscription_id) WHERE delivered_at IS NULL;
