-- Who sends a message just now, and until when nobody else may: by the database's own clock, not a drill's.
ALTER TABLE subscription_message
  ADD COLUMN claimed_by text,
  ADD COLUMN claimed_until timestamptz(3),
  ADD CONSTRAINT subscription_message_claim_check CHECK ((claimed_by IS NULL) = (claimed_until IS NULL));
