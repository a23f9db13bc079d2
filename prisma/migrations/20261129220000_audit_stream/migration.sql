-- How far the audit log was sent to its webhook: at most one row, which the first look makes.
CREATE TABLE audit_stream (
  id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  -- the last entry that the receiver accepted; 0: none
  sent_id bigint NOT NULL DEFAULT 0,
  -- the last entry of the message under way, so that a repetition is the same message
  pending_id bigint CHECK (pending_id > sent_id),
  sent_at timestamptz(3)
);
