import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putConsumer } from "#server/consumers/put-consumer.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { recordIncidentSamples } from "#server/incidents/record-incident-samples.ts";
import type { World } from "#simulator/drill/world.ts";
import { dependents } from "#simulator/promises.ts";
import { startWeb } from "#test/product/start-web.ts";
import { startTestPostgres } from "#test/test-postgres.ts";
import { workerContext } from "#test/worker-context.ts";
import { StoryChecker } from "./check-moment.ts";
import type { Contradiction } from "./contradiction.ts";
import type { Moment } from "./moment.ts";
import { scriptedDay } from "./scripted-day.ts";
import { StoryDay } from "./story-day.ts";
import { StoryTruth } from "./story-truth.ts";

const minuteMs = 60_000;

/** When the scripted day is looked at: each another phase of its first incident. */
export const scriptedMoments = [
  { name: "starting", at: "2026-11-22T13:38:00Z" },
  { name: "ongoing", at: "2026-11-22T14:50:00Z" },
  { name: "recovering", at: "2026-11-22T15:22:00Z" },
  { name: "over", at: "2026-11-22T16:03:00Z" },
  { name: "next-morning", at: "2026-11-23T07:33:00Z" },
] as const;
type MomentName = (typeof scriptedMoments)[number]["name"];

/** The day stands still while one looks at it. */
export interface MomentInSight {
  name: MomentName;
  /** Of the web app, whose clock began at the moment. */
  url: string;
  token: string;
  record: Moment;
  /** Of the record with what happened. */
  contradictions: readonly Contradiction[];
  truth: StoryTruth;
}

/** Lives through the scripted day on a database of its own, and serves the built web app at each of its moments. */
export async function liveToMoments(look: (moment: MomentInSight) => Promise<void>): Promise<void> {
  const postgres = await startTestPostgres();
  const dataFolder = await mkdtemp(join(tmpdir(), "tidemark-moments-"));
  const token = `tm_${randomBytes(24).toString("base64url")}`;
  const url = `${postgres.url}/scripted_day`;
  try {
    await postgres.createDatabase("scripted_day");
    await migrateDatabase(url);
    const database = openDatabase(url, { maxConnections: 5 });
    const world = scriptedDay();
    const day = await StoryDay.begin(database, world);
    try {
      await registerDependents(database, day, world);
      const truth = new StoryTruth(world);
      const checker = new StoryChecker(truth, dependents);
      truth.record(world.fromMs);
      for (const { name, at } of scriptedMoments) {
        await liveUntil(day, { database, truth, untilMs: Date.parse(at) });
        // Messages of the minutes before are of other records.
        const { sent, ...rest } = await day.read();
        checker.hear(sent);
        const record = { ...rest, sent: [] };
        const contradictions = checker.check(record);
        const clock = { TIDEMARK_CLOCK: `${at} 1x`, TIDEMARK_CLOCK_STARTED_AT_MS: String(Date.now()) };
        const web = await startWeb({ dataFolder, token }, { ...clock, DATABASE_URL: url });
        try {
          await look({ name, url: web.url, token, record, contradictions, truth });
        } finally {
          await web.stop();
        }
      }
    } finally {
      await day.close();
      await database.close();
    }
  } finally {
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

interface Stretch {
  database: Database;
  truth: StoryTruth;
  untilMs: number;
}

/** Minute by minute while something is wrong, then in strides: a quiet night changes nothing. */
async function liveUntil(day: StoryDay, { database, truth, untilMs }: Stretch): Promise<void> {
  const lastTroubleMs = Date.parse(scriptedMoments[3].at);
  for (let atMs = day.clock.now().getTime(); atMs < untilMs; ) {
    const stride = atMs < lastTroubleMs ? 1 : Math.min(30, (untilMs - atMs) / minuteMs);
    for (let minute = 1; minute <= stride; minute += 1) truth.record(atMs + minute * minuteMs);
    await day.live(stride);
    const now = day.clock.now();
    await recordIncidentSamples(database.sql, now);
    // No process of the day sends: its receiver takes every message at once.
    await database.sql.query("UPDATE delivery SET state = 'sent', sent_at = $1, attempts = 1 WHERE state = 'queued'", [
      now,
    ]);
    atMs = now.getTime();
  }
}

async function registerDependents(database: Database, { clock }: StoryDay, world: World): Promise<void> {
  const names = new Set(world.simulation.fleet.eventTypes.map(({ name }) => name));
  const ctx = workerContext(database, clock);
  for (const { eventType, consumer, contact, description, minCompleteness = null } of dependents) {
    if (!names.has(eventType)) continue;
    await putConsumer({
      ctx,
      input: { eventType, consumer, spec: { contact, description, minCompleteness, owner: null } },
    });
  }
}
