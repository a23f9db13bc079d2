import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "#server/access/context.ts";
import { HourStory } from "#test/hour-story.ts";
import { workerContext } from "#test/worker-context.ts";
import { applyCatalogue } from "./apply-catalogue.ts";

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({
    now: "2026-10-05T05:30:00Z",
    activeFrom: "2026-10-05T00:00:00Z",
    eventTypes: ["Old", "Other"],
  });
  await story.settle("2026-10-05T02", { eventType: "Old" });
  await story.settle("2026-10-05T03", { eventType: "Old", lost: 400 });
  // Long enough for the loss to be final.
  await story.at("2026-10-05T05:50:00Z");
});
afterEach(() => story.end());

const ctx = (): Context => ({ ...workerContext(story.test.database, story.clock), scopes: new Set(["write"]) });
const document = (kind: string, name: string, spec: string) =>
  `{apiVersion: tidemark/v1, kind: ${kind}, metadata: {name: ${name}}, spec: {${spec}}}\n---\n`;
async function apply(text: string): Promise<void> {
  await applyCatalogue({ ctx: ctx(), input: { text, dryRun: false } });
  await story.judge();
}
const retire = (activeTo: string) =>
  apply(document("EventType", "Old", `owner: tests, tier: high, deadline: 1h, activeTo: ${activeTo}`));
const claim = () => apply(document("EventType", "Old", "owner: tests, tier: high, deadline: 1h"));
const read = async (path: string) => (await story.get(path)).body;
/** Everything that can be read of the hours that are final. */
const history = async () => ({
  hours: (await read("/event-types/Old/hours?from=2026-10-05T00&to=2026-10-05T04")).items.map(
    ({ asOf: _asOf, ...hour }: { asOf: string }) => hour,
  ),
  hour: { ...(await read("/event-types/Old/hours/2026-10-05T03")), asOf: null, reasons: null, datacenters: null },
  revisions: await read("/event-types/Old/hours/2026-10-05T03/revisions"),
  ready: (await story.get("/event-types/Old/hours/2026-10-05T02/ready")).status,
});

describe("a retired type", () => {
  test("is called so from its activeTo on, and its hours stay readable with what was known of them", async () => {
    const before = await history();
    expect(before.ready).toBe(200);
    await retire("2026-10-05T06");
    expect((await read("/event-types/Old")).status).toBe("claimed");
    await story.at("2026-10-05T06:00:00Z");
    expect((await read("/event-types/Old")).status).toBe("retired");
    const named = async (status: string) =>
      (await read(`/event-types?status=${status}`)).items.map(({ name }: { name: string }) => name);
    expect([await named("retired"), await named("claimed")]).toEqual([["Old"], ["Other"]]);
    await story.at("2027-10-05T06:00:00Z");
    expect(await history()).toEqual(before);
    const matrix = await story.get("/matrix?from=2026-10-05T00&to=2026-10-05T06");
    expect([matrix.status, JSON.stringify(matrix.body)]).toEqual([200, expect.stringContaining('"Old"')]);
    expect((await story.get("/event-types/Old/hours/2026-10-05T06")).status).toBe(404);
    // Nothing is expected any more.
    const [row] = (await story.test.database.sql.query("SELECT max(hour) AS last FROM verdict WHERE event_type_id = 1"))
      .rows;
    expect(row).toEqual({ last: new Date("2026-10-05T05:00:00Z") });
  });

  test("claimed again: the hours in between are expected, and those before keep their history", async () => {
    const before = await history();
    await retire("2026-10-05T05");
    await story.at("2026-10-05T09:30:00Z");
    await claim();
    expect((await read("/event-types/Old")).status).toBe("claimed");
    expect(await history()).toEqual(before);
    const { items } = await read("/event-types/Old/hours?from=2026-10-05T05&to=2026-10-05T10");
    expect(items).toHaveLength(5);
  });

  test("a late report of an hour before its end still amends it", async () => {
    await retire("2026-10-05T05");
    await story.at("2026-10-05T09:30:00Z");
    await story.count({ dc: "east", stage: "delivered", hour: "2026-10-05T03", events: 1000, eventType: "Old" });
    await story.judge();
    expect(await read("/event-types/Old/hours/2026-10-05T03")).toMatchObject({ state: "complete", amended: true });
  });

  test("a file that leaves its document out changes nothing of it", async () => {
    const before = await history();
    await apply(document("EventType", "Other", "owner: tests, tier: low"));
    expect(await history()).toEqual(before);
    expect((await read("/event-types/Old")).status).toBe("claimed");
  });
});

test("a retired datacenter is called so; hours before its end still wait for it, later ones do not", async () => {
  await apply(document("Datacenter", "west", "activeFrom: 2026-10-05T00, activeTo: 2026-10-05T05"));
  expect((await read("/datacenters/west")).status).toBe("retired");
  const dcs = async (hour: string) =>
    (await read(`/event-types/Old/hours/${hour}`)).datacenters.map(({ name }: { name: string }) => name);
  expect([await dcs("2026-10-05T04"), await dcs("2026-10-05T05")]).toEqual([["east", "west"], ["east"]]);
});

test("a claim of a past before which other facts exist: they are kept, and read by a longer one", async () => {
  await story.count({ dc: "east", stage: "produced", hour: "2026-10-04T20", events: 7, eventType: "New" });
  await story.count({ dc: "east", stage: "produced", hour: "2026-10-05T01", events: 8, eventType: "New" });
  await apply(document("EventType", "New", "owner: tests, tier: high, activeFrom: 2026-10-05T01"));
  expect(await read("/event-types/New/hours/2026-10-05T01")).toMatchObject({ produced: 8 });
  expect((await story.get("/event-types/New/hours/2026-10-04T20")).status).toBe(404);
  await apply(document("EventType", "New", "owner: tests, tier: high, activeFrom: 2026-10-04T20"));
  expect(await read("/event-types/New/hours/2026-10-05T01")).toMatchObject({ produced: 8, revision: 1 });
  const [row] = (
    await story.test.database.sql.query(
      "SELECT count(*)::int AS hours FROM verdict WHERE event_type_id = (SELECT id FROM event_type WHERE name = 'New')",
    )
  ).rows;
  expect(row).toEqual({ hours: 10 });
});
