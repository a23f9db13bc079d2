import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type VolumeHourJson, volumeExclusionSchema, volumeSchema } from "#domain/api/volume.ts";
import { formatHour } from "#domain/hour.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { readVolumeBaselines, VolumeMemory } from "./read-volume-baselines.ts";

const activeFrom = "2026-09-20T00:00:00Z";
/** Never written to once loaded: copied. */
let nineWeeks: TestDatabase;
let clock: ManualClock;
let db: TestDatabase;
let api: TestApi;

// Nine weeks in two datacenters, busier by day. Song lost its events in west from hour 06 of the 22nd on and in both from 08 on; hour 12 is
// closed in east alone. Rare has one event in some hours. Nothing was ever judged of Fresh before yesterday.
beforeAll(async () => {
  nineWeeks = await createTestDatabase();
  const { database } = nineWeeks;
  await claimForTest(database.sql, {
    datacenters: ["east", "west"],
    eventTypes: ["Fresh", "Rare", "Song"],
    activeFrom,
  });
  await ensurePartitions(
    database,
    ["2026-09-20", "2026-10-20", "2026-11-20"].map((day) => new Date(day)),
  );
  await database.sql.query(
    `WITH counted AS (
     SELECT t.id, h.hour, c.closed_at, n.east, n.west
       FROM event_type t
      CROSS JOIN generate_series($1::timestamptz, '2026-11-22T12:00Z', interval '1 hour') h(hour)
      CROSS JOIN LATERAL (SELECT CASE WHEN h.hour < '2026-11-22T12:00Z' THEN h.hour + interval '75 min' END AS closed_at) c
      CROSS JOIN LATERAL (SELECT 200 + 100 * sign(8 - abs(extract(hour FROM h.hour) - 14)) AS usual,
                                 (extract(epoch FROM h.hour)::bigint / 3600 * 7919) % 13 AS noise) u
      CROSS JOIN LATERAL (SELECT CASE t.name WHEN 'Rare' THEN (u.noise = 1)::int
                                             ELSE CASE WHEN t.name = 'Song' AND h.hour >= '2026-11-22T08:00Z' THEN 3 ELSE u.usual + u.noise END END::bigint AS east,
                                 CASE t.name WHEN 'Rare' THEN 0
                                             ELSE CASE WHEN t.name = 'Song' AND h.hour >= '2026-11-22T06:00Z' THEN 0 ELSE u.usual - u.noise END END::bigint AS west) n
      WHERE t.name <> 'Fresh' OR h.hour >= '2026-11-21T00:00Z'
     ), judged AS (
     INSERT INTO verdict (event_type_id, hour, state, revision, settled, closed_at, deadline_at, produced, delivered, known, judged_at)
     SELECT id, hour, 'complete', 1, true, closed_at, hour + interval '2 hours', east + west, east + west, true, hour FROM counted
     )
     INSERT INTO verdict_lane (event_type_id, hour, datacenter_id, closed_at, known, produced, delivered)
     SELECT c.id, c.hour, d.id, CASE d.name WHEN 'east' THEN c.hour + interval '70 min' ELSE c.closed_at END, true, n.events, n.events
       FROM counted c CROSS JOIN datacenter d
      CROSS JOIN LATERAL (SELECT CASE d.name WHEN 'east' THEN c.east ELSE c.west END AS events) n`,
    [activeFrom],
  );
  await database.close();
});
afterAll(() => nineWeeks.drop());

async function begin(): Promise<void> {
  db = await createTestDatabase(nineWeeks.name);
  clock = new ManualClock("2026-11-22T13:20:00Z");
  api = openTestApi(db.database, { now: () => clock.now() });
}
async function end(): Promise<void> {
  await api.close();
  await db.drop();
}

async function read(path: string): Promise<Map<string, VolumeHourJson>> {
  const answer = await api.call("GET", `/api/v1/event-types/${path}`);
  expect(answer.status).toBe(200);
  return new Map(volumeSchema.parse(await answer.json()).items.map((item) => [item.hour, item]));
}

const ctx = () => workerContext(db.database, clock);
const hours = (eventType: string, ...of: string[]) =>
  of.map((hour) => ({ eventType, hour: new Date(`${hour}:00:00Z`) }));

describe("GET /event-types/{name}/volume", () => {
  beforeAll(begin);
  afterAll(end);

  test("shows each hour against what was expected, 48 of them, and a drop after three hours", async () => {
    const items = await read("Song/volume");
    expect(items.size).toBe(48);
    expect(items.get("2026-11-22T05")).toMatchObject({ observed: 200, drop: false, datacenters: [] });
    expect(items.get("2026-11-22T05")?.ratio).toBeCloseTo(1, 1);
    const low = items.get("2026-11-22T10");
    expect(low?.expected).toBeGreaterThan(550);
    expect(low?.low).toBeGreaterThan(500);
    expect(low?.high).toBeGreaterThan(600);
    expect(low?.ratio).toBeLessThan(0.02);
    const dropped = [...items.values()].filter(({ drop }) => drop).map(({ hour }) => hour);
    expect(dropped).toEqual(["08", "09", "10", "11"].map((hour) => `2026-11-22T${hour}`));
  });

  test("an hour that is not closed, one in progress and one to come are expected and not judged", async () => {
    const items = await read("Song/volume?to=2026-11-23T00");
    for (const hour of ["2026-11-22T12", "2026-11-22T13", "2026-11-22T23"]) {
      expect(items.get(hour)).toMatchObject({ observed: null, expected: expect.any(Number), ratio: null, drop: false });
    }
  });

  test("by datacenter: what is closed there counts, and west is the first to drop", async () => {
    const items = await read("Song/volume?byDatacenter=true");
    const of = (hour: string) =>
      Object.fromEntries((items.get(hour)?.datacenters ?? []).map((each) => [each.name, each]));
    expect(of("2026-11-22T08").west).toMatchObject({ observed: 0, ratio: 0, drop: true });
    expect(of("2026-11-22T08").east).toMatchObject({ observed: 3, drop: false });
    expect(of("2026-11-22T10").east).toMatchObject({ drop: true });
    expect(of("2026-11-22T12").west).toMatchObject({ observed: null });
    expect(of("2026-11-22T12").east).toMatchObject({ observed: 3 });
  });

  test("a type of a few events a day is never low, and one without a week of history says null", async () => {
    const rare = await read("Rare/volume");
    expect([...rare.values()].every(({ drop, low }) => !drop && low === 0)).toBe(true);
    const fresh = await read("Fresh/volume");
    expect(fresh.get("2026-11-22T10")).toMatchObject({ observed: expect.any(Number), expected: null, ratio: null });
  });

  test.each([
    ["Song/volume?from=2026-09-01T00&to=2026-11-01T00", 400, "a month at a time"],
    ["Song/volume?from=2026-11-22T05&to=2026-11-22T04", 400, "no range"],
    ["Song/volume?from=2026-12-20T00&to=2026-12-21T00", 400, "a week ahead"],
    ["Nobody/volume", 404, "does not exist. GET /api/v1/event-types lists"],
  ])("%s answers %i and says what to do", async (path, status, says) => {
    const answer = await api.call("GET", `/api/v1/event-types/${path}`);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(await answer.json())).toContain(says);
  });
});

describe("readVolumeBaselines", () => {
  beforeEach(begin);
  afterEach(end);

  test("judges hours of many types as the pages do, in all and by datacenter, and leaves unclosed hours out", async () => {
    const asked = [
      ...hours("Song", "2026-11-22T10", "2026-11-22T12"),
      ...hours("Rare", "2026-11-22T10"),
      ...hours("Nobody", "2026-11-22T10"),
    ];
    const found = await readVolumeBaselines({ ctx: ctx(), input: { hours: asked } });
    const names = found.map(({ eventType, datacenter, hour }) => `${eventType} ${datacenter} ${formatHour(hour)}`);
    const of = (type: string) => ["null", "east", "west"].map((dc) => `${type} ${dc} 2026-11-22T10`);
    expect(names).toEqual([...of("Rare"), ...of("Song")]);
    const shown = (await read("Song/volume?byDatacenter=true")).get("2026-11-22T10");
    const song = found.filter(({ eventType }) => eventType === "Song");
    expect(song[0]).toMatchObject({ observed: shown?.observed, drop: true });
    expect(song[0]?.expected).toBeCloseTo(shown?.expected ?? 0, 0);
    expect(song.map(({ drop }) => drop)).toEqual([true, true, true]);
  });

  test("with a memory, history is read again only for hours whose counts changed, or when a mark was made", async () => {
    const memory = new VolumeMemory();
    const input = { hours: hours("Song", "2026-11-22T09", "2026-11-22T10"), memory };
    const first = await readVolumeBaselines({ ctx: ctx(), input });
    const again = await readVolumeBaselines({ ctx: ctx(), input });
    expect(again[0]).toBe(first[0]);
    await db.database.sql.query("UPDATE verdict SET revision = 2, produced = 4 WHERE hour = '2026-11-22T10:00Z'");
    const changed = await readVolumeBaselines({ ctx: ctx(), input });
    expect(changed[0]).toBe(first[0]);
    expect(changed[3]).not.toBe(first[3]);
    expect(changed[3]).toMatchObject({ datacenter: null, observed: 4 });
    await readVolumeBaselines({ ctx: ctx(), input: { hours: [], memory } });
    expect(memory.said.size).toBe(0);
  });
});

describe("/volume-exclusions", () => {
  beforeEach(begin);
  afterEach(end);

  const mark = { eventType: "Song", from: "2026-11-22T06:00:00Z", to: "2026-11-22T18:00:00Z", reason: "Holiday." };
  const markWest = async () => {
    const made = await api.call("POST", "/api/v1/volume-exclusions", { body: { ...mark, datacenter: "west" } });
    expect(made.status).toBe(201);
    return volumeExclusionSchema.parse(await made.json());
  };
  const takeBack = async ({ id }: { id: string }, reason: string) =>
    (await api.call("DELETE", `/api/v1/volume-exclusions/${id}`, { body: { reason } })).status;

  test("a marked incident is no drop and teaches nothing, for the type and datacenter that it names, until it is taken back", async () => {
    const exclusion = await markWest();
    const marked = (await read("Song/volume?byDatacenter=true")).get("2026-11-22T10");
    expect(marked).toMatchObject({ drop: false, excluded: true });
    expect(marked?.datacenters).toMatchObject([
      { name: "east", drop: true, excluded: false },
      { name: "west", drop: false, excluded: true },
    ]);
    expect(await takeBack(exclusion, "")).toBe(400);
    expect(await takeBack(exclusion, "It was real.")).toBe(204);
    expect(await takeBack(exclusion, "It was real.")).toBe(404);
    expect((await read("Song/volume")).get("2026-11-22T10")).toMatchObject({ drop: true, excluded: false });
  });

  test("marks are listed with who made and took them back, the newest first, those of every type with each", async () => {
    await takeBack(await markWest(), "It was real.");
    await api.call("POST", "/api/v1/volume-exclusions", {
      body: { ...mark, eventType: null, from: "2026-11-22T07:00:00Z" },
    });
    await api.call("POST", "/api/v1/volume-exclusions", { body: { ...mark, eventType: "Rare" } });
    const page = (await (await api.call("GET", "/api/v1/volume-exclusions?eventType=Song&limit=1")).json()) as Record<
      string,
      never
    >;
    expect(page.items).toMatchObject([{ eventType: null, datacenter: null, removedAt: null }]);
    const rest = (await (
      await api.call("GET", `/api/v1/volume-exclusions?eventType=Song&cursor=${page.nextCursor}`)
    ).json()) as Record<string, never>;
    expect(rest.items).toMatchObject([
      { eventType: "Song", datacenter: "west", removedBecause: "It was real.", removedBy: expect.any(String) },
    ]);
  });

  test.each([
    [{ ...mark, to: mark.from }, "no length"],
    [{ ...mark, eventType: "Nobody" }, "names no event type"],
    [{ ...mark, datacenter: "nowhere" }, "names no datacenter"],
    [{ ...mark, reason: "  " }, "A reason is required"],
  ])("%o is refused", async (body, says) => {
    const answer = await api.call("POST", "/api/v1/volume-exclusions", { body });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(await answer.json())).toContain(says);
  });
});
