import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addHours, formatHour } from "#domain/hour.ts";
import { readVolumesNow } from "#server/alerts/read-volumes-now.ts";
import { fitForecast } from "#server/forecast/fit-forecast.ts";
import { refreshForecasts } from "#server/forecast/refresh-forecasts.ts";
import { rollUpSlo } from "#server/slo/roll-up-slo.ts";
import { createCurrentHours } from "#server/verdicts/create-current-hours.ts";
import { packHours } from "#server/verdicts/pack-hours.ts";
import { VolumeMemory } from "#server/volume/read-volume-baselines.ts";
import { judgeHours, tickAlerts } from "#test/judge-and-alert.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { openTestApi, type TestApi } from "./test-api.ts";
import { ManualClock, workerContext } from "./worker-context.ts";

// Every numeric field of every message with 0, 1 and the largest that is taken, from one reporter and from so many that their
// sum is beyond what a bigint holds: nothing in the product may fail or stand still over it.
const max = Number.MAX_SAFE_INTEGER;
const manyReporters = 1_100;
const counts = { none: null, zero: 0, one: 1, max, "max × rows": max } as const;
type Count = keyof typeof counts;
const kinds = Object.keys(counts) as Count[];
const first = new Date("2026-11-22T06:00:00Z");

const begunAt = "2026-11-22T14:30:00Z";
/** Has the catalogue alone: copied for each test. */
let catalogued: TestDatabase;
let scratch: TestDatabase;
let api: TestApi;
let clock: ManualClock;

/** A type for each count of produced, an hour for each of delivered: all pairs meet. */
const eventTypeOf = (produced: Count) => `Produced ${produced}`;
const hourOf = (delivered: Count) => addHours(first, kinds.indexOf(delivered));

beforeAll(async () => {
  catalogued = await createTestDatabase();
  const writing = openTestApi(catalogued.database, { now: () => new Date(begunAt) });
  const objectives = "{ timeliness: 0.99, completeness: 0.999, skew: 0.99 }";
  const documents = [
    `{ apiVersion: tidemark/v1, kind: Tier, metadata: { name: high }, spec: { deadline: 2h, objectives: ${objectives} } }`,
    ...["east", "west"].map(
      (name) =>
        `{ apiVersion: tidemark/v1, kind: Datacenter, metadata: { name: ${name} }, spec: { activeFrom: 2026-11-22T06 } }`,
    ),
    ...kinds.map(
      (each) =>
        `{ apiVersion: tidemark/v1, kind: EventType, metadata: { name: "${eventTypeOf(each)}" }, spec: { owner: web, tier: high, activeFrom: 2026-11-22T06 } }`,
    ),
  ];
  const answer = await writing.call("POST", "/api/v1/catalogue", {
    body: documents.join("\n---\n"),
    headers: { "content-type": "application/yaml" },
  });
  expect(answer.status).toBe(200);
  await writing.close();
  await catalogued.database.close();
});
afterAll(() => catalogued.drop());
beforeEach(async () => {
  scratch = await createTestDatabase(catalogued.name);
  clock = new ManualClock(begunAt);
  api = openTestApi(scratch.database, { now: () => clock.now() });
});
afterEach(async () => {
  await api.close();
  await scratch.drop();
});

let nextId = 0;
function event(type: string, data: object) {
  const time = clock.now().toISOString();
  return { specversion: "1.0", type: `tidemark.${type}.v1`, source: "hostile", id: String(nextId++), time, data };
}

async function send(events: object[]): Promise<void> {
  for (let start = 0; start < events.length; start += 2_000) {
    const answer = await api.call("POST", "/api/v1/events", {
      body: JSON.stringify(events.slice(start, start + 2_000)),
      headers: { "content-type": "application/cloudevents-batch+json" },
    });
    if (answer.status !== 202) throw new Error(await answer.text());
  }
}

/** What one reporter counts: from the second on, only where many do. */
function countersOf(index: number, epoch: number) {
  const reporter = `r${index}`;
  const pairs = kinds.flatMap((produced) => kinds.map((delivered) => ({ produced, delivered })));
  return (["produced", "published", "delivered"] as const).map((stage) => {
    const reports = pairs.flatMap(({ produced, delivered }) => {
      const kind = stage === "produced" ? produced : delivered;
      const events = counts[kind];
      if (events === null || (index > 0 && kind !== "max × rows")) return [];
      const hour = hourOf(delivered);
      // Some of it landed elsewhere: skew has its own sums.
      const landedHour = stage === "delivered" && index % 2 === 1 ? addHours(hour, 1) : hour;
      const named = { eventType: eventTypeOf(produced), hour: formatHour(hour), landedHour: formatHour(landedHour) };
      return [{ ...named, events, bytes: events, malformed: events }];
    });
    return event("counters", { dc: "east", stage, reporter, epoch, reports });
  });
}

/** Everything that runs without being asked, until nothing is left to do. */
async function work(): Promise<void> {
  const ctx = workerContext(scratch.database, clock);
  await createCurrentHours({ ctx });
  for (let turns = 0; (await judgeHours({ ctx, input: { limit: 1_000 } })) > 0; turns++)
    expect(turns).toBeLessThan(100);
  for (let turns = 0; (await rollUpSlo({ ctx, input: { limit: 1_000 } })) > 0; turns++) expect(turns).toBeLessThan(100);
  await fitForecast({ ctx });
  await refreshForecasts({ ctx, known: null });
  const volumes = await readVolumesNow({ ctx, memory: new VolumeMemory() });
  const { faults } = await tickAlerts({ ctx, input: { volumes } });
  expect(faults).toEqual([]);
  const status = await api.call("GET", "/api/v1/status");
  expect(await status.json()).toMatchObject({ dirtyHours: 0 });
}

/** Every GET that the API has, of each type and hour. */
async function askEverything(): Promise<void> {
  const { paths } = (await (await api.call("GET", "/api/openapi.json")).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const wanted = Object.entries(paths)
    .filter(([path, operations]) => "get" in operations && path.startsWith("/api/v1/") && !path.endsWith("/changes"))
    .map(([path]) => path);
  expect(wanted.length).toBeGreaterThan(25);
  const failed: string[] = [];
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await api.call("GET", path, { headers });
    const text = await answer.text();
    if (answer.status >= 500) failed.push(`${path} → ${answer.status}`);
    // A figure that is not finite becomes null in JSON, and NaN in a text.
    if (/\bNaN\b|Infinity/.test(text)) failed.push(`${path} says ${/.{20}(?:NaN|Infinity).{20}/.exec(text)?.[0]}`);
  };
  for (const path of wanted) {
    if (!path.includes("/event-types/{name}")) {
      await ask(path.replace("{name}", "east").replace(/\{\w+\}/g, "1"));
      continue;
    }
    for (const produced of kinds) {
      const ofType = path.replace("{name}", encodeURIComponent(eventTypeOf(produced)));
      if (!ofType.includes("{hour}")) await ask(ofType);
      else for (const delivered of kinds) await ask(ofType.replace("{hour}", formatHour(hourOf(delivered))));
    }
  }
  for (const query of ["", "?month=2026-11", "?window=28d"]) {
    await ask(`/api/v1/slo/attainment${query}`);
    await ask(`/api/v1/slo/attainment${query}`, { accept: "text/csv" });
  }
  expect(failed).toEqual([]);
  expect(api.errors).toEqual([]);
}

describe("figures at the ends of what is taken", () => {
  test("gauges: a backlog of ten years does not keep the forecast from being made", async () => {
    const gauges = [0, 1, 315_360_000].flatMap((oldestAgeSeconds) =>
      [0, 1, max].map((messages, index) =>
        event("backlog", {
          dc: index === 0 ? "east" : "west",
          eventType: eventTypeOf(kinds[index] ?? "one"),
          stage: "delivered",
          oldestAgeSeconds,
          messages,
        }),
      ),
    );
    await send(gauges);
    await work();
    await askEverything();
  });

  test("counts of hours that are open, closed, final, packed, and counted again in the largest epoch; they saturate", async () => {
    const reporters = Array.from({ length: manyReporters }, (_, index) => index);
    await send(reporters.flatMap((index) => countersOf(index, 0)));
    // So that nothing is unknown of the datacenter beside it.
    const silent = kinds.map((each) => ({ eventType: eventTypeOf("none"), hour: formatHour(hourOf(each)), events: 0 }));
    await send([event("counters", { dc: "west", stage: "produced", reporter: "west", reports: silent })]);
    await work();
    await askEverything();

    const marks = kinds.map((each) => ({ eventType: eventTypeOf(each), watermark: "2026-11-22T14:00:00Z" }));
    await send(["east", "west"].map((dc) => event("watermark", { dc, marks })));
    await work();
    clock.set("2026-11-22T18:00:00Z");
    await work();
    await askEverything();

    clock.set("2026-12-15T18:00:00Z");
    const ctx = workerContext(scratch.database, clock);
    const packing = { from: first, to: addHours(first, 24), settledBefore: clock.now() };
    expect(await packHours({ ctx, input: packing })).toBeGreaterThan(0);
    await work();
    await askEverything();

    await send(reporters.slice(0, 3).flatMap((index) => countersOf(index, max)));
    await work();
    await askEverything();

    // The state is what the figures say.
    const read = async (produced: Count, delivered: Count) => {
      const path = `/api/v1/event-types/${encodeURIComponent(eventTypeOf(produced))}/hours/${formatHour(hourOf(delivered))}`;
      return (await (await api.call("GET", path)).json()) as Record<string, number | string>;
    };
    expect(await read("one", "max × rows")).toMatchObject({ state: "overcounted", produced: 1, lost: 0 });
    expect((await read("one", "max × rows")).duplicated).toBeGreaterThan(max);
    expect(await read("max × rows", "zero")).toMatchObject({ state: "incomplete", delivered: 0, completeness: 0 });
    expect(await read("max × rows", "max × rows")).toMatchObject({ state: "complete", lost: 0, completeness: 1 });
  }, 300_000);

  test("one event produced and 20,000,000,000 delivered: the matrix answers", async () => {
    clock.set("2026-12-15T18:00:00Z");
    const hour = "2026-12-15T16";
    const count = (stage: string, events: number) =>
      event("counters", {
        dc: "east",
        stage,
        reporter: "single",
        reports: [{ eventType: eventTypeOf("one"), hour, events }],
      });
    await send([count("produced", 1), count("delivered", 20_000_000_000)]);
    await work();
    expect((await api.call("GET", "/api/v1/matrix?from=2026-12-15T00&to=2026-12-16T00")).status).toBe(200);
  });
});
