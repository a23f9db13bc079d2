import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TurnName } from "#domain/turn.ts";
import { queueDeliveries } from "#server/outbox/queue-deliveries.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { until } from "#test/until.ts";
import { ManualClock } from "#test/worker-context.ts";
import { ClockCheck } from "./clock-check.ts";
import { readBehind } from "./read-behind.ts";
import { type Standing, Turns } from "./turns.ts";
import { writeTurns } from "./write-turns.ts";

let scratch: TestDatabase;
let undo: (() => Promise<void>)[] = [];
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock("2026-11-22T13:20:00Z");
  scratch = await createTestDatabase();
});
afterEach(async () => {
  for (const step of undo.reverse()) await step();
  undo = [];
  await scratch.drop();
});

const behind = async () =>
  (await readBehind(scratch.database.sql, { clock, pubsub: false })).map(({ what, ageSeconds }) => [what, ageSeconds]);

function open(names: TurnName[], realNowMs?: () => number) {
  const standstills: Standing[] = [];
  const changes: (number | null)[] = [];
  const { sql } = scratch.database;
  const check = new ClockCheck({
    sql,
    onChange: (aheadMs) => changes.push(aheadMs),
    ...(realNowMs === undefined ? {} : { realNowMs }),
  });
  let pulses = 0;
  const turns = new Turns({
    sql,
    instance: "test:1",
    names,
    speed: 1,
    clock: check,
    onStandstill: (standing) => standstills.push(standing),
    onTurning: () => {
      pulses += 1;
    },
  });
  undo.push(() => turns.close());
  return { turns, check, standstills, changes, pulses: () => pulses };
}

/** As if so many seconds had passed since all of it was written. */
const age = (seconds: number) =>
  scratch.database.sql.query(
    `UPDATE worker_turn SET since = since - make_interval(secs => $1), completed_at = completed_at - make_interval(secs => $1),
                            reported_at = reported_at - make_interval(secs => $1)`,
    [seconds],
  );

const everyTurn: TurnName[] = [
  "collect",
  "create-hours",
  "judge",
  "judge-running",
  "judge-again",
  "corrections",
  "purges",
  "alert-judged",
  "alert",
  "volumes",
  "samples",
  "situations",
  "decide-notifications",
  "escalate",
  "reroute-alerts",
  "send-notifications",
  "send-webhooks",
  "resend-alerts",
  "consumer-messages",
  "forecast",
  "roll-up",
  "digests",
  "past-hours",
  "maintain",
];

test("turns reach the database within seconds, and nothing is behind", async () => {
  const { turns, pulses, standstills } = open(everyTurn);
  for (const name of everyTurn) turns.completed(name);
  await until("they are written", async () => {
    const { rowCount } = await scratch.database.sql.query("SELECT FROM worker_turn WHERE completed_at IS NOT NULL");
    return rowCount === everyTurn.length;
  });
  expect(await behind()).toEqual([]);
  expect(pulses()).toBeGreaterThan(0);
  expect(standstills).toEqual([]);
});

test("a process that stopped is behind in each of its duties by its own age", async () => {
  const turns = everyTurn.map((turn) => ({ turn, completedAgoMs: 0, allowedAgeSeconds: 61 }));
  await writeTurns(scratch.database.sql, { instance: "a", turns, clockAheadMs: 0 });
  await age(600);
  expect((await behind()).map(([what]) => what)).toEqual([
    "collecting",
    "current-hours",
    "judging",
    "corrections",
    "alerting",
    "delivery",
    "forecasting",
    "roll-up",
    "past-hours",
    "maintenance",
  ]);
  // Another process has taken the work over.
  await writeTurns(scratch.database.sql, { instance: "b", turns, clockAheadMs: 0 });
  expect(await behind()).toEqual([]);
});

test("a process that is frozen is behind long before its loops would be, and no more once another one reports", async () => {
  const turns = everyTurn.map((turn) => ({ turn, completedAgoMs: 0, allowedAgeSeconds: 1_200 }));
  await writeTurns(scratch.database.sql, { instance: "a", turns, clockAheadMs: 0 });
  await age(14);
  expect(await behind()).toEqual([]);
  await age(2);
  expect(await behind()).toContainEqual(["judging", 16]);
  await writeTurns(scratch.database.sql, { instance: "b", turns, clockAheadMs: 0 });
  expect(await behind()).toEqual([]);
});

test("a loop that only fails is behind, though it does not stand still", async () => {
  const failing = everyTurn.map((turn) => ({
    turn,
    completedAgoMs: turn === "maintain" ? null : 0,
    allowedAgeSeconds: 1_200,
  }));
  await writeTurns(scratch.database.sql, { instance: "a", turns: failing, clockAheadMs: 0 });
  await age(1_100);
  await writeTurns(scratch.database.sql, { instance: "a", turns: failing, clockAheadMs: 0 });
  expect(await behind()).toEqual([]);
  await age(200);
  const well = failing.filter(({ turn }) => turn !== "maintain");
  await writeTurns(scratch.database.sql, { instance: "a", turns: well, clockAheadMs: 0 });
  expect(await behind()).toEqual([["maintenance", 1_300]]);
});

describe("what waits is seen whatever the loops say of themselves", () => {
  const fill = async () => {
    const { sql } = scratch.database;
    await sql.query(
      `INSERT INTO event_type (id, name, discovered_at, claimed_at, tier, owner, active_from, hours_through)
       VALUES (1, 'EndSong', now(), now(), (SELECT min(name) FROM tier), 'team', '2026-11-01Z', '2026-11-22T14:00Z')`,
    );
  };

  test("an hour that ended and whose facts changed: by when they did", async () => {
    await fill();
    const { sql } = scratch.database;
    await sql.query(
      "INSERT INTO dirty_hour (event_type_id, hour) VALUES (1, '2026-11-22T12:00Z'), (1, '2026-11-22T13:00Z')",
    );
    expect(await behind()).toEqual([]);
    await sql.query(
      "UPDATE dirty_hour SET marked_at = marked_at - interval '2 minutes' WHERE hour = '2026-11-22T13:00Z'",
    );
    // It still runs: nothing is decided by it.
    expect(await behind()).toEqual([]);
    await sql.query("UPDATE dirty_hour SET marked_at = marked_at - interval '2 minutes'");
    expect(await behind()).toEqual([["judging", 120]]);
  });

  test("hours that began and have no verdict: by when the first of them began", async () => {
    await fill();
    clock.set("2026-11-22T15:10:00Z");
    expect(await behind()).toEqual([["current-hours", 4_200]]);
  });

  test("a message that no one takes, unless its receiver is being sent to", async () => {
    const { sql } = scratch.database;
    const write = (dedupKey: string) =>
      queueDeliveries(sql, [
        {
          producer: "channel",
          receiver: "pd",
          threadKey: dedupKey,
          kind: "notify",
          body: {},
          dedupKey,
          at: new Date(),
        },
      ]);
    await write("one");
    await sql.query("UPDATE delivery SET due_at = now() - interval '5 minutes'");
    expect(await behind()).toEqual([["delivery", 300]]);
    await write("two");
    const claimed = (until: string) =>
      sql.query(
        `UPDATE delivery SET claimed_by = 'test', claimed_until = now() + interval '${until}' WHERE dedup_key = 'two'`,
      );
    await claimed("5 seconds");
    expect(await behind()).toEqual([]);
    await claimed("-1 second");
    expect(await behind()).toEqual([["delivery", 300]]);
    await sql.query("UPDATE delivery SET due_at = now() + interval '5 minutes'");
    expect(await behind()).toEqual([]);
  });

  test("a group of alerts that no one decides on", async () => {
    const { sql } = scratch.database;
    await sql.query(
      `INSERT INTO notification_group (key, receiver, route, labels, created_at, flush_at)
       VALUES ('a', 'team', '', '{}', now(), now() - interval '5 minutes')`,
    );
    expect(await behind()).toEqual([["delivery", 300]]);
    await sql.query("UPDATE notification_group SET flush_at = NULL");
    expect(await behind()).toEqual([]);
  });
});

test("a clock 31 s ahead of the database's disagrees, is said once, and agrees again", async () => {
  let aheadMs = 31_000;
  const { check, changes } = open(["judge"], () => Date.now() + aheadMs);
  expect(await check.agrees()).toBe(false);
  expect(await check.agrees()).toBe(false);
  expect(changes).toHaveLength(1);
  await until("everyone can see it", async () => (await behind()).some(([what]) => what === "clock"));
  aheadMs = -29_000;
  await until("it agrees", () => check.agrees());
  expect(changes.at(-1)).toBeNull();
  expect(Math.round(check.aheadMs / 1000)).toBe(-29);
});
