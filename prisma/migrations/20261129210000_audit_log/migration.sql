-- Who changed what, when, why and from where. Written in the act's own transaction.
CREATE TABLE audit_entry (
  id bigserial PRIMARY KEY,
  -- the database's own clock, not a process's and not a drill's
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  actor text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text,
  -- kind.verb
  act text NOT NULL CHECK (act LIKE '%_._%'),
  -- of the object
  kind text NOT NULL,
  name text NOT NULL,
  team text,
  before jsonb,
  after jsonb,
  reason text,
  -- where from
  door text NOT NULL,
  address text,
  request_id text
);
CREATE INDEX audit_entry_at_idx ON audit_entry (at);
CREATE INDEX audit_entry_actor_idx ON audit_entry (actor, id);
CREATE INDEX audit_entry_act_idx ON audit_entry (act, id);
CREATE INDEX audit_entry_object_idx ON audit_entry (kind, name, id);
CREATE INDEX audit_entry_address_idx ON audit_entry (address, id);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_entry is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- From where each token was used: so that a new address is an entry once. token: an id, or admin.
CREATE TABLE token_address (
  token text NOT NULL,
  address text NOT NULL,
  first_seen_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (token, address)
);
