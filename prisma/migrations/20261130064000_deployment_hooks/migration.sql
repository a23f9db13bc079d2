-- Webhooks of release tools: which of their deployments are deployments of which component, as the catalogue's files write it.
CREATE TABLE deployment_hook (
  name text PRIMARY KEY,
  spec jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  updated_by text NOT NULL,
  -- authentic deliveries, the deployments that they recorded, and those that no mapping matched
  deliveries bigint NOT NULL DEFAULT 0,
  recorded bigint NOT NULL DEFAULT 0,
  not_mapped bigint NOT NULL DEFAULT 0,
  last_delivery_at timestamptz(3)
);

-- What no mapping of a hook matches: the newest 100.
CREATE TABLE deployment_hook_subject (
  hook text NOT NULL REFERENCES deployment_hook (name) ON DELETE CASCADE,
  subject text NOT NULL,
  deliveries bigint NOT NULL,
  first_seen_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (hook, subject)
);
