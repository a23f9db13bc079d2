-- By a function: the comparison of the schema with the database takes the expression itself for a change by hand.
CREATE FUNCTION current_traceparent() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('tidemark.traceparent', true), '');
ALTER TABLE dirty_hour ALTER COLUMN traceparent SET DEFAULT current_traceparent();
