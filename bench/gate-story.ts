import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import type { Context } from "#server/access/context.ts";
import { applyCatalogue } from "#server/catalogue/apply-catalogue.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { judgeAll, judgeHours } from "../test/judge-and-alert.ts";
import type { WebProcess } from "./web-process.ts";

const datacenters = ["ams", "ash", "lon", "sjc", "sto"];
const hoursBack = 40;

/** Closed hours that lack only their last report, and the real judge that makes them ready. */
export interface GateStory {
  types: string[];
  /** Each round uses one hour. */
  hourOfRound(round: number): string;
  /** The hour's reports are complete but for the last datacenter's delivered events. */
  prepare(types: readonly string[], round: number): Promise<void>;
  /** Reports the rest over HTTP and judges; returns the wall-clock millisecond right before the verdicts' COMMIT. */
  release(types: readonly string[], round: number): Promise<number>;
  /** A verdict's JSON as answered by the gate. */
  answerLike(): Promise<string>;
  close(): Promise<void>;
}

export async function openGateStory(url: string, web: WebProcess, typeCount: number): Promise<GateStory> {
  const pool = openDatabase(url, { maxConnections: 4, applicationName: "bench judge" });
  let committingAtMs = Number.NaN;
  const database: Database = {
    ...pool,
    transaction: (work) =>
      pool.transaction(async (tx) => {
        const result = await work(tx);
        committingAtMs = performance.timeOrigin + performance.now();
        return result;
      }),
  };
  const clock = { now: () => new Date(), speed: 1, toRealMs: (ms: number) => ms };
  const ctx: Context = { database, clock, actor: "bench", scopes: new Set(["admin"]) };
  const types = Array.from({ length: typeCount }, (_, index) => `Event${String(index).padStart(4, "0")}`);
  const first = addHours(hourOf(new Date()), -hoursBack);
  await claim(ctx, types, first);
  await judgeAll(ctx);
  const hourAt = (round: number) => addHours(first, round);
  const say = (type: string, data: object) =>
    web.post("/api/v1/events", { ...envelope(), type, data }, "application/cloudevents+json");
  const count = (names: readonly string[], hour: string, dc: string, stage: string) =>
    say("tidemark.counters.v1", {
      dc,
      stage,
      reporter: `${dc}-${stage}`,
      reports: names.map((eventType) => ({ eventType, hour, events: 1_000 })),
    });
  return {
    types,
    hourOfRound: (round) => formatHour(hourAt(round)),
    async prepare(names, round) {
      const hour = formatHour(hourAt(round));
      for (const dc of datacenters) {
        await count(names, hour, dc, "produced");
        if (dc !== datacenters[0]) await count(names, hour, dc, "delivered");
        await say("tidemark.hour-closed.v1", { dc, marks: names.map((eventType) => ({ eventType, hour })) });
      }
      await judgeAll(ctx);
    },
    async release(names, round) {
      await count(names, formatHour(hourAt(round)), datacenters[0] ?? "", "delivered");
      await judgeHours({ ctx, input: { limit: 4_000 } });
      const atMs = committingAtMs;
      await judgeAll(ctx);
      return atMs;
    },
    answerLike: () => web.get(`/api/v1/event-types/${types[0]}/hours/${formatHour(first)}`),
    close: () => pool.close(),
  };
}

async function claim(ctx: Context, types: readonly string[], activeFrom: Date): Promise<void> {
  const document = (kind: string, name: string, spec: object) =>
    JSON.stringify({
      apiVersion: "tidemark/v1",
      kind,
      metadata: { name },
      spec: { activeFrom: formatHour(activeFrom), ...spec },
    });
  const documents = [
    ...datacenters.map((name) => document("Datacenter", name, {})),
    ...types.map((name) => document("EventType", name, { owner: "bench", tier: "high" })),
  ];
  await applyCatalogue({ ctx, input: { text: documents.join("\n---\n"), dryRun: false } });
}

function envelope(): object {
  return { specversion: "1.0", source: "bench", id: crypto.randomUUID(), time: new Date().toISOString() };
}
