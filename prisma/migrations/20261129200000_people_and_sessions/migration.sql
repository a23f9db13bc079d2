-- Who signs in. issuer and subject name a person at an identity provider; without them, the person signs in by one-time links.
CREATE TABLE person (
  id text PRIMARY KEY,
  issuer text,
  subject text,
  name text NOT NULL,
  -- the name folded by domain/access/actor-name.ts: no two people look alike in a list of acts
  name_key text NOT NULL UNIQUE,
  email text,
  role text NOT NULL CHECK (role IN ('viewer', 'responder', 'editor', 'admin')),
  teams text[] NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  first_seen_at timestamptz(3),
  last_seen_at timestamptz(3),
  disabled_at timestamptz(3),
  disabled_by text,
  UNIQUE (issuer, subject),
  CHECK ((issuer IS NULL) = (subject IS NULL))
);

-- Browsers that are signed in: the cookie is a random value of which only the SHA-256 is stored.
CREATE TABLE session (
  id text PRIMARY KEY,
  hash bytea NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('person', 'token', 'admin')),
  person_id text REFERENCES person (id) ON DELETE CASCADE,
  token_id text REFERENCES api_token (id) ON DELETE CASCADE,
  -- which TIDEMARK_ADMIN_TOKEN signed in, derived slowly: changing the setting ends its sessions
  admin_key bytea,
  created_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  ended_by text,
  address text,
  user_agent text,
  oidc_sid text,
  oidc_id_token text,
  CHECK ((kind = 'person') = (person_id IS NOT NULL)),
  CHECK ((kind = 'token') = (token_id IS NOT NULL)),
  CHECK ((kind = 'admin') = (admin_key IS NOT NULL)),
  CHECK (expires_at <= ends_at)
);
CREATE INDEX session_person_id_idx ON session (person_id);
CREATE INDEX session_token_id_idx ON session (token_id);
CREATE INDEX session_oidc_sid_idx ON session (oidc_sid);
CREATE INDEX session_expires_at_idx ON session (expires_at);

-- One-time links. Without a person: for the first owner, who gives their name when they open it.
CREATE TABLE sign_in_link (
  hash bytea PRIMARY KEY,
  person_id text REFERENCES person (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);
CREATE INDEX sign_in_link_person_id_idx ON sign_in_link (person_id);

-- Random secrets that all web processes share. Created by the first process that needs one, never derived from another secret.
CREATE TABLE secret_key (
  name text PRIMARY KEY,
  secret bytea NOT NULL,
  created_at timestamptz(3) NOT NULL
);

-- What may be presented once: the state of a sign-in at the provider, and its logout messages. Kept until it would be refused for its age.
CREATE TABLE used_once (
  digest bytea PRIMARY KEY,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX used_once_expires_at_idx ON used_once (expires_at);
