-- The board asks every second which instances were heard lately, among all that ever ran.
CREATE INDEX component_instance_last_seen_at_idx ON component_instance (last_seen_at);
