// The scripted day and random ones, lived through by the product on a real PostgreSQL minute by minute: everything that it says is compared with
// what the simulator really did. See docs/performance-story.md. `-- --days 200 --seed 1000`; `--print` prints what is said of incidents.
import { parseArgs } from "node:util";
import { type Database, openDatabase } from "#server/db/database.ts";
import type { World } from "#simulator/drill/world.ts";
import type { Contradiction } from "#test/story/contradiction.ts";
import { liveDay } from "#test/story/live-day.ts";
import { randomDay } from "#test/story/random-day.ts";
import { scriptedDay } from "#test/story/scripted-day.ts";
import { shortDay } from "#test/story/short-day.ts";
import { describeMachine, formatTable } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "200" },
    seed: { type: "string", default: "1000" },
    short: { type: "boolean", default: false },
    scripted: { type: "boolean", default: false },
    print: { type: "boolean", default: false },
  },
});
const [days, seed] = [Number(values.days), Number(values.seed)];
const startedMs = performance.now();
const postgres = await startBenchPostgres({
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  jit: "off",
});
const admin = openDatabase(new URL("/postgres", postgres.url).href, { maxConnections: 1 });
const say = (text: string) => void process.stdout.write(`${text}\n`);
const printed = new Map<string, string>();
const kinds = new Map<string, number>();
let [lived, minutes, texts, all] = [0, 0, 0, 0];
try {
  if (values.short) await live("short", shortDay());
  if (values.scripted) await live("scripted", scriptedDay());
  for (let day = 0; day < days; day++) await live(`seed ${seed + day}`, randomDay(seed + day));
} finally {
  await admin.close();
  await postgres.stop();
}
say(
  `${describeMachine()}; ${lived} days, ${minutes} minutes, ${texts} texts, ${Math.round((performance.now() - startedMs) / 1000)} s; ${all} contradictions`,
);
if (kinds.size > 0)
  say(
    formatTable(
      ["kind", "minutes"],
      [...kinds].sort((a, b) => b[1] - a[1]),
    ),
  );

async function live(name: string, world: World): Promise<void> {
  const database = await emptyDatabase();
  const from = performance.now();
  const found: Contradiction[] = [];
  try {
    const result = await liveDay(database, world, (moment, contradictions) => {
      found.push(...contradictions);
      if (values.print) print(moment);
    });
    lived += 1;
    minutes += result.minutes;
    texts += result.texts;
    say(
      `${name}, ${world.kind}: ${result.minutes} min, ${result.texts} texts, ${result.incidents} incidents, ${found.length} contradictions, ${((performance.now() - from) / 1000).toFixed(0)} s; ${world.incidents.map((each) => `${each.kind} ${each.dc} ${each.fromAt.toISOString().slice(0, 16)}–${each.toAt.toISOString().slice(11, 16)}${each.eventTypes ? ` ${each.eventTypes.join("+")}` : ""}`).join("; ")}`,
    );
  } catch (error) {
    say(`${name}, ${world.kind}: failed: ${(error as Error).stack}`);
    kinds.set("failed", (kinds.get("failed") ?? 0) + 1);
  } finally {
    await database.close();
    await admin.sql.query(`DROP DATABASE ${databaseName()} WITH (FORCE)`);
  }
  all += found.length;
  const seen = new Map<string, number>();
  for (const { kind, atMs, where, said, truth } of found) {
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const times = (seen.get(`${kind} ${where.replace(/message .*/, "message")}`) ?? 0) + 1;
    seen.set(`${kind} ${where.replace(/message .*/, "message")}`, times);
    if (times <= 2)
      say(`  ${new Date(atMs).toISOString().slice(11, 16)} ${kind}: ${where}: said ${said}; true: ${truth}`);
  }
  for (const [what, times] of seen) if (times > 2) say(`    ${what}: ${times} times`);
}

function databaseName(): string {
  return `day_${process.pid}`;
}

/** A migrated one; all are copies of the first. */
async function emptyDatabase(): Promise<Database> {
  await admin.sql.query(`CREATE DATABASE ${databaseName()} TEMPLATE tidemark`);
  return openDatabase(new URL(`/${databaseName()}`, postgres.url).href, { maxConnections: 5 });
}

function print({ atMs, incidents, sent }: Parameters<Parameters<typeof liveDay>[2]>[0]): void {
  const time = new Date(atMs).toISOString().slice(11, 16);
  for (const {
    id,
    causeKey,
    state,
    situation: { phase, sentence, cause, onset, recovery },
  } of incidents) {
    const text = `${causeKey} ${state} ${phase} ${sentence} | ${cause.code} ${cause.version ?? ""} ${onset.at} ${onset.source} | ${recovery?.p50At.slice(11, 16)}`;
    if (printed.get(id) !== text) say(`${time} ${text}`);
    printed.set(id, text);
  }
  for (const { status, title, alerts } of sent) say(`${time} sent ${status} ${title} ${alerts.length}`);
}
