import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "#server/access/context.ts";
import { notifySubscribers } from "#server/consumers/notify-subscribers.ts";
import { runHourTasks } from "#server/verdicts/run-hour-tasks.ts";
import { HourStory } from "#test/hour-story.ts";
import { workerContext } from "#test/worker-context.ts";
import { applyCatalogue } from "./apply-catalogue.ts";

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({
    now: "2026-10-05T09:30:00Z",
    activeFrom: "2026-10-05T00:00:00Z",
    eventTypes: ["Old", "Other"],
  });
});
afterEach(() => story.end());

const sql = <Row extends object>(statement: string) =>
  story.test.database.sql.query<Row>(statement).then(({ rows }) => rows);
const ctx = (): Context => ({ ...workerContext(story.test.database, story.clock), scopes: new Set(["write"]) });
const document = (kind: string, name: string, spec: string) =>
  `{apiVersion: tidemark/v1, kind: ${kind}, metadata: {name: ${name}}, spec: {${spec}}}\n---\n`;
const eventType = (name: string, spec: string) => document("EventType", name, `owner: tests, tier: high, ${spec}`);
const run = (text: string, dryRun: boolean) => applyCatalogue({ ctx: ctx(), input: { text, dryRun } });
const effectOf = async (text: string) => (await run(text, true)).changes[0]?.effect;
async function apply(text: string): Promise<void> {
  await run(text, false);
  await story.judge();
  while (
    (await runHourTasks({
      ctx: workerContext(story.test.database, story.clock),
      input: { limit: 5 },
      onJudged: notifySubscribers,
    })) > 0
  );
}
/** Hours that missed their deadline, as the contract has it. */
const lateHours = async () =>
  (
    await sql<{ hours: number }>(
      "SELECT count(*)::int AS hours FROM verdict WHERE coalesce(closed_at, '2026-10-05T09:30Z') > deadline_at",
    )
  )[0]?.hours ?? 0;

describe("a dry run says what comes true", () => {
  test("a shorter deadline of a type, a longer one, of closed and of open hours", async () => {
    // 00 to 04 close at 05:30; the later ones stay open.
    story.clock.set("2026-10-05T05:30:00Z");
    for (const dc of ["east", "west"]) await story.watermark(dc, "2026-10-05T05:00:00Z", "Old");
    story.clock.set("2026-10-05T09:30:00Z");
    await apply(eventType("Old", "deadline: 4h") + eventType("Other", "deadline: 20h"));
    for (const deadline of ["2h", "30m", "3h", "1d"]) {
      const before = await lateHours();
      const effect = await effectOf(eventType("Old", `deadline: ${deadline}`));
      await apply(eventType("Old", `deadline: ${deadline}`));
      expect([deadline, effect]).toMatchObject([deadline, { hoursRejudged: 10, estimated: false }]);
      expect((effect?.becomeLate ?? 0) - (effect?.becomeOnTime ?? 0)).toBe((await lateHours()) - before);
    }
  });

  test("a tier's deadline: its types without one of their own", async () => {
    await apply(eventType("Old", "activeFrom: 2026-10-05T00") + eventType("Other", "deadline: 1h"));
    const before = await lateHours();
    const text = document("Tier", "high", "deadline: 5h");
    const effect = await effectOf(text);
    expect(effect).toMatchObject({ hoursRejudged: 10, becomeLate: 0, becomeOnTime: 3, beginToWait: 0 });
    await apply(text);
    expect(await lateHours()).toBe(before - 3);
  });

  test("a datacenter: the types that begin to wait for it, and those that stop", async () => {
    await apply(eventType("Old", "deadline: 1h, datacenters: [east]"));
    expect(await effectOf(document("Datacenter", "north", "activeFrom: 2026-10-05T08"))).toEqual({
      hoursCreated: 0,
      hoursDeleted: 0,
      hoursRejudged: 2,
      becomeLate: null,
      becomeOnTime: null,
      estimated: false,
      beginToWait: 1,
      stopWaiting: 0,
    });
    const retired = await effectOf(document("Datacenter", "east", "activeTo: 2026-10-05T09"));
    expect(retired).toMatchObject({ hoursRejudged: 2, beginToWait: 0, stopWaiting: 2 });
    expect(await effectOf(document("Datacenter", "east", "displayName: East"))).toBeNull();
    expect(await effectOf(eventType("Old", "deadline: 1h, datacenters: [west]"))).toMatchObject({
      hoursRejudged: 10,
      becomeLate: null,
      beginToWait: 1,
      stopWaiting: 1,
    });
  });

  test("hours that a type gets and loses; a description says nothing", async () => {
    expect(await effectOf(eventType("New", "activeFrom: 2026-10-05T03"))).toMatchObject({ hoursCreated: 7 });
    expect(await effectOf(eventType("Old", "deadline: 1h, activeTo: 2026-10-05T06"))).toMatchObject({
      hoursDeleted: 4,
      hoursRejudged: 0,
    });
    expect(await effectOf(eventType("Old", "deadline: 1h, description: new"))).toBeNull();
  });
});
