import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addHours, formatHour, hourEnd, parseHour } from "#domain/hour.ts";
import { openReceiver } from "#server/adapters/pubsub-receiver.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { answerHealth } from "#server/http/probes.ts";
import { createLog } from "#server/process/log.ts";
import { createCurrentHours } from "#server/verdicts/create-current-hours.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { judgeHours } from "#test/judge-and-alert.ts";
import { hasPubsubEmulator, needsPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { openTestApi, type TestApi, testAdminToken } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { Backoff } from "#workers/ingest/backoff.ts";
import { ingestMessage } from "#workers/ingest/loop.ts";
import { Trouble } from "#workers/trouble.ts";
import { demoIncidents } from "./demo-script.ts";
import { groundTruth } from "./ground-truth.ts";
import { planHour } from "./hour-plan.ts";
import type { Options } from "./options.ts";
import { run } from "./run.ts";
import { makeSimulation, type Simulation } from "./simulation.ts";

if (!hasPubsubEmulator) process.stderr.write("Skipped: the fleet over Pub/Sub, for this machine has no emulator.\n");

const liveAt = new Date("2026-11-22T13:42:10Z");
const types = 8;
const terms = { seed: 1, types, startAt: parseHour("2026-11-20T13")!, liveAt, incidents: demoIncidents };

let scratch: TestDatabase;
let clock: ManualClock;
let api: TestApi;
let served: ServedApi;
let stopping: AbortController;
let judging: Promise<void>;
let said: string[];

beforeEach(async () => {
  scratch = await createTestDatabase();
  clock = new ManualClock(liveAt.toISOString());
  api = openTestApi(scratch.database, { now: () => clock.now() });
  served = await serveApi((request) => (request.url.endsWith("/readyz") ? answerHealth() : api.fetch(request)));
  stopping = new AbortController();
  judging = judge();
  said = [];
});

afterEach(async () => {
  stopping.abort();
  await judging;
  await served.stop();
  await api.close();
  await scratch.drop();
});

/** The judge as its worker runs it, beside the ingest. */
async function judge(): Promise<void> {
  const ctx = workerContext(scratch.database, clock);
  while (!stopping.signal.aborted) {
    await createCurrentHours({ ctx });
    if ((await judgeHours({ ctx, input: { limit: 4_000 } })) === 0) await sleep(20);
  }
}

function simulate(options: Partial<Options> = {}, signal = stopping.signal): Promise<void> {
  const product = { url: served.url, token: testAdminToken, signal, say: (line: string) => void said.push(line) };
  const defaults = {
    pubsub: null,
    emulator: null,
    topic: "tidemark-events",
    monitoring: null,
    historyDays: 2,
    seed: 1,
    types,
    live: false,
    until: null,
  };
  return run(product, { ...product, ...defaults, truth: null, calm: false, ...options });
}

interface VerdictRow {
  key: string;
  state: string;
  amended: boolean;
  closedAt: Date | null;
  lost: bigint;
  duplicated: bigint;
}

async function readVerdicts(): Promise<VerdictRow[]> {
  const { rows } = await scratch.database.sql.query<VerdictRow & { hour: Date; name: string }>(
    `SELECT t.name, v.hour, v.state, v.amended, v.closed_at AS "closedAt", v.lost, v.duplicated
       FROM verdict v JOIN event_type t ON t.id = v.event_type_id ORDER BY v.hour, t.name`,
  );
  return rows.map((row) => ({ ...row, key: `${row.name} ${formatHour(row.hour)}` }));
}

/** What is lost and doubled for good as of an instant, by type and hour. */
function truthAt(simulation: Simulation, at: Date): Map<string, [lost: number, duplicated: number]> {
  const truth = new Map<string, [number, number]>();
  for (const { hours, returnsAt } of groundTruth(simulation)) {
    if (returnsAt && new Date(returnsAt) <= at) continue;
    for (const { eventType, hour, lost, duplicated } of hours) {
      const [lostBefore, duplicatedBefore] = truth.get(`${eventType} ${hour}`) ?? [0, 0];
      if (lost + duplicated > 0) truth.set(`${eventType} ${hour}`, [lostBefore + lost, duplicatedBefore + duplicated]);
    }
  }
  return truth;
}

/** When the last datacenter closes each hour. */
function closingsOf(simulation: Simulation, at: Date): Map<string, number> {
  const closings = new Map<string, number>();
  for (const lane of [...simulation.lanes.values()].flat()) {
    for (let hour = simulation.startAt; hourEnd(hour) < at; hour = addHours(hour, 1)) {
      const key = `${lane.type.name} ${formatHour(hour)}`;
      closings.set(key, Math.max(closings.get(key) ?? 0, planHour(simulation, lane, hour).closesAt.getTime()));
    }
  }
  return closings;
}

async function expectTruth(at: Date): Promise<VerdictRow[]> {
  const simulation = makeSimulation(terms);
  const closings = closingsOf(simulation, at);
  const verdicts = await readVerdicts();
  const closed = verdicts.filter(({ closedAt }) => closedAt !== null);
  expect(closed.map(({ key }) => key)).toEqual(
    verdicts.filter(({ key }) => (closings.get(key) ?? Number.POSITIVE_INFINITY) <= at.getTime()).map(({ key }) => key),
  );
  for (const { key, closedAt } of closed) {
    const lateMs = closedAt!.getTime() - closings.get(key)!;
    expect(lateMs >= 0 && lateMs < 60_000, `${key} closed ${lateMs} ms after the truth`).toBe(true);
  }
  const found = closed.filter(({ lost, duplicated }) => lost + duplicated > 0n);
  const closedKeys = new Set(closed.map(({ key }) => key));
  expect(
    Object.fromEntries(found.map(({ key, lost, duplicated }) => [key, [Number(lost), Number(duplicated)]])),
  ).toEqual(Object.fromEntries([...truthAt(simulation, at)].filter(([key]) => closedKeys.has(key))));
  return verdicts;
}

/** The hours all of which a host was dead for: in its first and last hour it counted something, and totals are all there is to see. */
function silentHostHours(): string[] {
  const simulation = makeSimulation(terms);
  const dead = groundTruth(simulation).filter(({ kind }) => kind === "dead-host");
  const hours = dead.flatMap(({ fromAt, toAt, hours: each }) =>
    each.filter(({ hour }) => parseHour(hour)! >= new Date(fromAt) && hourEnd(parseHour(hour)!) <= new Date(toAt)),
  );
  const closings = closingsOf(simulation, liveAt);
  const closed = hours
    .map(({ eventType, hour }) => ({ hour, key: `${eventType} ${hour}` }))
    .filter(({ key }) => (closings.get(key) ?? Number.POSITIVE_INFINITY) <= liveAt.getTime());
  return closed
    .sort((a, b) => (a.hour < b.hour || (a.hour === b.hour && a.key < b.key) ? -1 : 1))
    .map(({ key }) => key);
}

describe("the fleet, reporting to the product over HTTP", () => {
  test("history: every verdict is what really happened, and none was first something else", async () => {
    await simulate();
    expect(said).toEqual([expect.stringMatching(/^2 days of history: [\d,]+ events' counts in [\d,]+ messages, sent/)]);
    const verdicts = await expectTruth(liveAt);
    expect(verdicts.filter(({ amended }) => amended)).toEqual([]);
    expect(new Set(verdicts.map(({ state }) => state))).toEqual(
      new Set(["open", "closing", "complete", "incomplete", "overcounted", "unverified"]),
    );
    // The totals of these hours balance: only the host that reports no more shows that they are not known.
    expect(verdicts.filter(({ state }) => state === "unverified").map(({ key }) => key)).toEqual(silentHostHours());
    const calm = verdicts.filter(({ state }) => state === "complete");
    expect(calm.length / verdicts.length).toBeGreaterThan(0.9);
    const { rows } = await scratch.database.sql.query<{ name: string; consumers: string[] }>(
      "SELECT t.name, array_agg(c.name ORDER BY c.name) AS consumers FROM consumer c JOIN event_type t ON t.id = c.event_type_id GROUP BY 1",
    );
    expect(rows).toContainEqual({ name: "EndSong", consumers: ["charts-hourly", "royalties-daily"] });
  });

  test("sent again from the start, it changes nothing; started hours later, it goes on; and lost events come back", async () => {
    await simulate();
    const before = await readVerdicts();
    await simulate();
    expect(said[1]).toBe("The product has this fleet's data since 2026-11-20T13:00:00.000Z (seed 1); continuing.");
    expect(await readVerdicts()).toEqual(before);

    // Heard of once more after the first ten minutes, then left for hours: the gap is reported, with an overlap.
    clock.set("2026-11-22T13:54:00Z");
    await simulate();
    clock.set("2026-11-22T18:00:00Z");
    await simulate();
    expect(said.at(-1)).toMatch(/^0\.3 days of history/);
    const verdicts = await expectTruth(clock.now());
    const amended = verdicts.filter((verdict) => verdict.amended);
    expect(amended.map(({ state }) => state)).toEqual(amended.map(() => "complete"));
    expect(new Set(amended.map(({ key }) => key.split(" ")[0]))).toEqual(new Set(["RecommendationShown"]));
  });

  test("live: it reports what happened since the end of history, and goes on until it is stopped", async () => {
    const stop = new AbortController();
    const running = simulate({ historyDays: 1, live: true, until: new Date("2026-11-22T13:41:00Z") }, stop.signal);
    await until("it reports live", async () => said.some((line) => line.startsWith("Reporting live every 10 s")));
    await until("the gap since the end of history is told", async () => (await lastHeard()) > "2026-11-22T13:42");
    stop.abort();
    await expect(running).rejects.toThrow();
    expect(api.errors).toEqual([]);
  });

  test("a refusal is reported with its reason", async () => {
    const product = { url: served.url, token: "tm_wrong", signal: stopping.signal, say: () => undefined };
    const options = {
      pubsub: null,
      emulator: null,
      topic: "tidemark-events",
      monitoring: null,
      historyDays: 1,
      seed: 1,
      types,
      live: false,
      until: null,
    };
    const refused = run(product, { ...product, ...options, truth: null, calm: false });
    await expect(refused).rejects.toThrow(/was rejected with 401: This token is unknown/);
  });
});

async function count(table: string): Promise<number> {
  const { rows } = await scratch.database.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return rows[0]?.n ?? 0;
}

async function lastHeard(): Promise<string> {
  const { rows } = await scratch.database.sql.query<{ at: Date }>("SELECT max(last_seen_at) AS at FROM datacenter");
  return rows[0]?.at?.toISOString() ?? "";
}

describe.skipIf(!hasPubsubEmulator)(
  "the fleet, reporting to the product over Pub/Sub",
  { meta: { needs: needsPubsubEmulator } },
  () => {
    test("history: the same verdicts, and none was first something else although a queue keeps no order", async () => {
      const emulator = await startTestPubsub();
      const writer = new BatchWriter({ database: scratch.database, clock, instance: "test ingest" });
      const signal = stopping.signal;
      const backoff = new Backoff({ firstMs: 50, longestMs: 200, signal });
      const trouble = new Trouble(createLog({ name: "test", level: "error", format: "json" }), "Committing events");
      const deps = { writer, clock, backoff, trouble, refusals: trouble, signal };
      const receiver = await openReceiver(
        { projectId: "test", emulatorHost: emulator.host },
        {
          maxMessages: 4_000,
          maxBytes: 64_000_000,
          onMessage: (message) => void ingestMessage(message, deps),
          onError: (error) => {
            throw error;
          },
        },
      );
      try {
        await simulate({ pubsub: "test", emulator: emulator.host });
        const verdicts = await expectTruth(liveAt);
        expect(verdicts.filter(({ amended }) => amended)).toEqual([]);
        // Each past hour was closed by its own marker; watermarks reported the end alone.
        const simulation = makeSimulation(terms);
        const lanes = [...simulation.lanes.values()].flat().length;
        expect(await count("closing_step")).toBeLessThanOrEqual(lanes);
        expect(await count("hour_marker")).toBeGreaterThan(lanes * 40);
      } finally {
        await receiver.close();
        await emulator.stop();
      }
    });
  },
);
