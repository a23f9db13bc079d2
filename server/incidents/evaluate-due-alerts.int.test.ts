import { afterEach, beforeEach, expect, test } from "vitest";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Sql } from "#server/db/database.ts";
import { notifyOfIncidents } from "#server/notifications/index.ts";
import { markAlertsDue } from "#server/verdicts/index.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { evaluateDueAlerts, postponeOldestDue } from "./evaluate-due-alerts.ts";

const clock = new ManualClock("2026-11-22T12:20:00Z");
let opened: TestDatabase;
beforeEach(async () => {
  opened = await createTestDatabase();
  const claim = {
    datacenters: ["lon"],
    eventTypes: ["EndSong", "AdClick", "PlayStart"],
    activeFrom: "2026-11-18T00:00:00Z",
  };
  await claimForTest(opened.database.sql, claim);
});
afterEach(() => opened.drop());

const evaluate = (limit = 200) =>
  evaluateDueAlerts({ ctx: workerContext(opened.database, clock), input: { limit }, listener: notifyOfIncidents });
const mark = (sql: Sql, names: string[] | null) =>
  sql
    .query<{ id: number }>("SELECT id FROM event_type WHERE name = ANY ($1)", [names])
    .then(({ rows }) => markAlertsDue(sql, names && rows.map(({ id }) => id), clock.now()));
async function marks(): Promise<string[]> {
  const { rows } = await opened.database.sql.query<{ name: string }>(
    "SELECT t.name FROM alert_due d JOIN event_type t ON t.id = d.event_type_id ORDER BY d.id",
  );
  return rows.map(({ name }) => name);
}
/** Runs the work inside a transaction that then waits, and answers how to commit it or take it back. */
function hold(work: (tx: Sql) => Promise<unknown>) {
  const { promise: ending, resolve: end } = Promise.withResolvers<"commit" | "roll back">();
  const { promise: ready, resolve: begun } = Promise.withResolvers<void>();
  const held = opened.database
    .transaction(async (tx) => {
      await work(tx);
      begun();
      if ((await ending) === "roll back") throw new Error("taken back");
    })
    .catch((error: Error) => {
      if (error.message !== "taken back") throw error;
    });
  return {
    ready,
    end: async (how: "commit" | "roll back") => {
      end(how);
      await held;
    },
  };
}

test("marked twice, marked once: a judge that finds a mark leaves it at that", async () => {
  await mark(opened.database.sql, ["EndSong"]);
  await mark(opened.database.sql, ["EndSong", "AdClick"]);
  expect(await marks()).toEqual(["EndSong", "AdClick"]);
  expect(await evaluate()).toBe(2);
  expect(await marks()).toEqual([]);
  expect(await evaluate()).toBe(0);
});

test("a judge holds a mark → the evaluator leaves it, and takes it after the commit", async () => {
  await mark(opened.database.sql, ["EndSong"]);
  const judge = hold((tx) => mark(tx, ["EndSong"]));
  await judge.ready;
  expect(await evaluate()).toBe(0);
  expect(await marks()).toEqual(["EndSong"]);
  await judge.end("commit");
  expect(await evaluate()).toBe(1);
  expect(await marks()).toEqual([]);
});

test("an evaluator has the mark in hand → the judge waits for nothing and leaves another", async () => {
  await mark(opened.database.sql, ["EndSong"]);
  const evaluator = hold((tx) => tx.query("SELECT FROM alert_due FOR UPDATE"));
  await evaluator.ready;
  await mark(opened.database.sql, ["EndSong"]);
  expect(await marks()).toEqual(["EndSong", "EndSong"]);
  await evaluator.end("commit");
  expect(await evaluate()).toBe(1);
  expect(await marks()).toEqual([]);
});

test("an evaluator fails → its marks are back", async () => {
  await mark(opened.database.sql, ["EndSong", "AdClick"]);
  await opened.database.sql.query("ALTER TABLE alert_rule RENAME TO away");
  await expect(evaluate()).rejects.toThrow("alert_rule");
  expect(await marks()).toEqual(["EndSong", "AdClick"]);
  await opened.database.sql.query("ALTER TABLE away RENAME TO alert_rule");
  expect(await evaluate()).toBe(2);
});

test("another evaluator holds a type → only the others are taken, each by one", async () => {
  await mark(opened.database.sql, null);
  const other = hold(async (tx) => {
    const { rows } = await tx.query<{ id: number }>("SELECT id FROM event_type WHERE name = 'EndSong'");
    await tx.query("SELECT pg_advisory_xact_lock($1, $2)", [advisoryLocks.alertType, rows[0]?.id]);
  });
  await other.ready;
  expect(await evaluate()).toBe(2);
  expect(await marks()).toEqual(["EndSong"]);
  await other.end("roll back");
  expect(await evaluate()).toBe(1);
});

test("retired types are not marked: rules look at them no more", async () => {
  await opened.database.sql.query("UPDATE event_type SET active_to = '2026-10-01T00:00:00Z' WHERE name = 'EndSong'");
  await mark(opened.database.sql, null);
  expect((await marks()).sort()).toEqual(["AdClick", "PlayStart"]);
});

test("a limit takes the oldest, and what is postponed comes last", async () => {
  for (const name of ["PlayStart", "EndSong", "AdClick"]) await mark(opened.database.sql, [name]);
  await postponeOldestDue({ ctx: workerContext(opened.database, clock) });
  expect(await marks()).toEqual(["EndSong", "AdClick", "PlayStart"]);
  expect(await evaluate(1)).toBe(1);
  expect(await marks()).toEqual(["AdClick", "PlayStart"]);
});
