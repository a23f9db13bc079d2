import { expect, test } from "vitest";
import { needsSession } from "./needs-session.ts";

test.each([
  ["LISTEN tidemark_dirty", "LISTEN"],
  ["SELECT 1; UNLISTEN *", "LISTEN"],
  ["SELECT pg_try_advisory_lock($1) AS locked", "a session's advisory lock"],
  ["SELECT pg_advisory_unlock_all()", "a session's advisory lock"],
  ["SET statement_timeout = 5", "SET without LOCAL"],
  ["BEGIN;\n  SET SESSION jit = off", "SET without LOCAL"],
  ["-- a note\nRESET ALL", "SET without LOCAL"],
  ["SELECT set_config('tidemark.correction', $1, false)", "set_config for the session"],
  ["CREATE TEMPORARY TABLE marks (id int)", "a temporary table"],
  ["DECLARE all_of_it CURSOR WITH HOLD FOR SELECT 1", "a cursor WITH HOLD"],
  ["PREPARE find AS SELECT 1", "a prepared statement"],
])("%s needs a session", (statement, what) => {
  expect(needsSession(statement)).toBe(what);
});

test.each([
  "BEGIN; SET LOCAL statement_timeout = 5; SET LOCAL jit = off",
  "SELECT set_config('tidemark.traceparent', $1, true)",
  "SELECT pg_advisory_xact_lock($1)",
  "SELECT pg_try_advisory_xact_lock_shared($1)",
  "SELECT pg_notify('tidemark_dirty', '')",
  "UPDATE incident\n  SET state = 'resolved'",
  "INSERT INTO lease VALUES ($1) ON CONFLICT (name) DO UPDATE\n SET holder = $1 -- SET would",
  "SELECT temperature, listen FROM x WHERE note = 'prepare'",
])("%s does not", (statement) => {
  expect(needsSession(statement)).toBeNull();
});
