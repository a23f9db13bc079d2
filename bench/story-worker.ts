// Lives the days that its parent names, one after the other, each in a database of its own. See drill-story.ts.
import { loadavg } from "node:os";
import { type Database, openDatabase } from "#server/db/database.ts";
import type { World } from "#simulator/drill/world.ts";
import type { Contradiction } from "#test/story/contradiction.ts";
import { liveDay } from "#test/story/live-day.ts";
import type { Moment } from "#test/story/moment.ts";
import { randomDay } from "#test/story/random-day.ts";
import { scriptedDay } from "#test/story/scripted-day.ts";
import { shortDay } from "#test/story/short-day.ts";
import type { DayResult } from "./story-results.ts";

/** What a parent asks for. */
export interface DayToLive {
  day: string;
  /** Of the migrated database that each day's is a copy of. */
  url: string;
  commit: string;
  print: boolean;
}

const shownPerPlace = 2;

process.on("message", async (asked: DayToLive) => {
  const result = await live(asked);
  process.send?.(result);
});
process.on("disconnect", () => process.exit());

async function live({ day, url, commit, print }: DayToLive): Promise<DayResult> {
  const world = worldOf(day);
  const name = `day_${process.pid}`;
  const admin = openDatabase(new URL("/postgres", url).href, { maxConnections: 1 });
  await admin.sql.query(`CREATE DATABASE ${name} TEMPLATE ${new URL(url).pathname.slice(1)}`);
  const database: Database = openDatabase(new URL(`/${name}`, url).href, { maxConnections: 5 });
  const startedMs = performance.now();
  const found: Contradiction[] = [];
  const said = new Map<string, string>();
  let lived = { minutes: 0, texts: 0, incidents: 0, harms: 0 };
  let failed: string | null = null;
  try {
    lived = await liveDay(database, world, (moment, contradictions) => {
      found.push(...contradictions);
      if (print) printMoment(moment, said);
    });
  } catch (error) {
    failed = (error as Error).stack ?? String(error);
  } finally {
    await database.close();
    await admin.sql.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.close();
  }
  return {
    ...{ day, commit, kind: world.kind, happened: world.incidents.map(sayIncident), ...lived },
    contradictions: Object.fromEntries(
      [...Map.groupBy(found, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
    ),
    examples: examplesOf(found),
    seconds: Math.round((performance.now() - startedMs) / 100) / 10,
    load: loadavg()[0] ?? 0,
    failed,
  };
}

function worldOf(day: string): World {
  if (day === "short") return shortDay();
  return day === "scripted" ? scriptedDay() : randomDay(Number(day.replace("seed ", "")));
}

function sayIncident({ kind, dc, fromAt, toAt, eventTypes }: World["incidents"][number]): string {
  const types = eventTypes ? ` ${eventTypes.join("+")}` : "";
  return `${kind} ${dc} ${fromAt.toISOString().slice(0, 16)}–${toAt.toISOString().slice(11, 16)}${types}`;
}

function examplesOf(found: readonly Contradiction[]): string[] {
  const places = Map.groupBy(found, ({ kind, where }) => `${kind}: ${where.replace(/message .*/, "message")}`);
  return [...places].flatMap(([place, all]) => [
    ...all.slice(0, shownPerPlace).map(({ atMs, said, truth }) => {
      const time = new Date(atMs).toISOString().slice(11, 16);
      return `${time} ${place}: said ${said}; true: ${truth}`;
    }),
    ...(all.length > shownPerPlace ? [`${place}: ${all.length} times`] : []),
  ]);
}

function printMoment({ atMs, incidents, sent }: Moment, said: Map<string, string>): void {
  const time = new Date(atMs).toISOString().slice(11, 16);
  for (const { id, causeKey, state, situation } of incidents) {
    const { phase, sentence, cause, onset, recovery } = situation;
    const text = `${causeKey} ${state} ${phase} ${sentence} | ${cause.code} ${cause.version ?? ""} ${onset.at} ${onset.source} | ${recovery?.p50At.slice(11, 16)}`;
    if (said.get(id) !== text) process.stdout.write(`${time} ${text}\n`);
    said.set(id, text);
  }
  for (const { status, title, alerts } of sent)
    process.stdout.write(`${time} sent ${status} ${title} ${alerts.length}\n`);
}
