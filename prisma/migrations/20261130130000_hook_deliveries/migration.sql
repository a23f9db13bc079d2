-- A hook's secret that Tidemark made, where its spec names no variable, and the one before it; sealed if there is an encryption key.
ALTER TABLE deployment_hook
  ADD COLUMN secret text,
  ADD COLUMN previous_secret text,
  ADD COLUMN previous_secret_until timestamptz(3),
  ADD COLUMN refused bigint NOT NULL DEFAULT 0,
  ADD COLUMN last_refused_at timestamptz(3);

-- The newest deliveries of a hook, and what came of each. Refusals of one moment and reason are one row.
CREATE TABLE deployment_hook_delivery (
  id bigserial PRIMARY KEY,
  hook text NOT NULL REFERENCES deployment_hook (name) ON DELETE CASCADE,
  received_at timestamptz(3) NOT NULL,
  outcome text NOT NULL,
  detail text NOT NULL,
  times integer NOT NULL DEFAULT 1
);
CREATE INDEX deployment_hook_delivery_hook_id ON deployment_hook_delivery (hook, id);
