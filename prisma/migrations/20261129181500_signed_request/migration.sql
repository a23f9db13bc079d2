-- Signatures of requests that act, seen within the minutes in which they are valid: a request sent again is refused.
CREATE TABLE signed_request (
  signature text PRIMARY KEY,
  seen_at timestamptz(3) NOT NULL
);
CREATE INDEX signed_request_seen_at_idx ON signed_request (seen_at);
