-- Who answers for a token and who revoked it; after a rotation the secret before works on for a while.
ALTER TABLE api_token
  ADD COLUMN owner text,
  ADD COLUMN revoked_by text,
  ADD COLUMN rotated_at timestamptz(3),
  ADD COLUMN previous_hash bytea,
  ADD COLUMN previous_until timestamptz(3),
  ADD CHECK ((previous_hash IS NULL) = (previous_until IS NULL));
UPDATE api_token SET owner = created_by;
ALTER TABLE api_token ALTER COLUMN owner SET NOT NULL;
CREATE UNIQUE INDEX api_token_previous_hash_key ON api_token (previous_hash);
