import type { QueryResultRow } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "#server/access/context.ts";
import { sqlOf } from "#server/db/database.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { until } from "#test/until.ts";
import { awaitReady } from "./await-ready.ts";
import { openVerdictListener, type VerdictListener } from "./verdict-listener.ts";

let story: HourStory;
let listener: VerdictListener;
/** Half of `wait`: what ends before did not wait for its end, however slow the machine is. */
const beforeTheEndMs = 30_000;
const never = 3_600_000;
const input = { eventType: "EndSong", hour: "2026-11-22T13", wait: "60" };

const opening = openingOf({ now: "2026-11-22T14:30:00Z", activeFrom: "2026-11-22T12:00:00Z" });
beforeEach(async () => {
  story = await opening.begin();
  listener = openVerdictListener(story.test.database);
});
afterEach(async () => {
  await listener.close();
  await story.end();
});

function reader(speed = 1): Context {
  const clock = { now: () => story.clock.now(), speed, toRealMs: (productMs: number) => productMs / speed };
  return { database: story.test.database, clock, actor: "job", scopes: new Set(["read"]) };
}

describe("awaitReady", () => {
  it("waits in the product's time: 60 s of a drill at 120 times the speed are half a second", async () => {
    const askedAt = performance.now();
    const answer = await awaitReady({ ctx: reader(120), input, listener });
    expect(answer).toMatchObject({ ready: false, retryAfterSeconds: 1 });
    expect(performance.now() - askedAt).toBeGreaterThan(450);
    expect(performance.now() - askedAt).toBeLessThan(beforeTheEndMs);
  });

  it("stops when the client has disconnected", async () => {
    const gone = new AbortController();
    const answer = awaitReady({ ctx: reader(), input, listener, signal: gone.signal });
    await until("it is held", async () => listener.watches === 1);
    gone.abort();
    const abortedAt = performance.now();
    await answer;
    expect(performance.now() - abortedAt).toBeLessThan(beforeTheEndMs);
  });

  it("200 who wait cost some statements when they come, none for another hour, one when they are woken", async () => {
    await story.settle("2026-11-22T12");
    let statements = 0;
    let underWay = 0;
    const { database } = story.test;
    const sql = sqlOf(async <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => {
      statements += 1;
      underWay += 1;
      return database.sql.query<Row>(text, values).finally(() => {
        underWay -= 1;
      });
    });
    const counted = openVerdictListener({ ...database, sql }, { lookAgainMs: never });
    // Its connection wakes all who wait once, whenever it is made.
    const first = counted.watch({ eventTypeId: 1, hour: new Date("2026-11-22T12:00:00Z") });
    await first.changed(never);
    first.release();
    const held = Array.from({ length: 200 }, () => awaitReady({ ctx: reader(), input, listener: counted }));
    // Those who came while the first look was under way share another.
    let before = -1;
    await until("all are held, and no look is under way any more", async () => {
      const isAtRest = underWay === 0 && statements === before;
      before = statements;
      return isAtRest && counted.watches === 200;
    });
    const arriving = statements;
    expect(arriving).toBeLessThan(10);
    const other = counted.watch({ eventTypeId: 1, hour: new Date("2026-11-22T12:00:00Z") });
    await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T12", events: 1001 });
    await story.judge();
    // The same notification would have woken them.
    await other.changed(never);
    other.release();
    expect(statements).toBe(arriving);
    await story.settle("2026-11-22T13");
    const answers = await Promise.all(held);
    await counted.close();
    expect(answers.every((answer) => answer.ready)).toBe(true);
    // Equal to the letter: one answer was made for all of them.
    expect(new Set(answers).size).toBe(1);
    expect(statements - arriving).toBeLessThanOrEqual(2);
  });

  it("a change between watching and waiting is not lost", async () => {
    const key = { eventTypeId: 1, hour: new Date("2026-11-22T14:00:00Z") };
    const [watch, other] = [listener.watch(key), listener.watch(key)];
    await story.test.database.sql.query("SELECT pg_notify('tidemark_verdict', '*')");
    await other.changed(never);
    other.release();
    const askedAt = performance.now();
    await watch.changed(60_000);
    expect(performance.now() - askedAt).toBeLessThan(beforeTheEndMs);
    watch.release();
  });
});
