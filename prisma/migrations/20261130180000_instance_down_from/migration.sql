-- Its last heartbeat before it last started: a host that is back by the time its hours are final has left no other trace of when it died.
ALTER TABLE component_instance ADD COLUMN down_from TIMESTAMPTZ(3);
