// node bench/scale-reporters.ts [--sizes 500,5000,50000,200000 --rounds 60]
// Part of npm run bench:scale: how long a verdict takes after a commit, by the number of reports of its hour.
import { parseArgs } from "node:util";
import { addHours, formatHour, type Hour, hourOf } from "#domain/hour.ts";
import { defaultNameLimits } from "#domain/name-limits.ts";
import { type Message, parseEvent } from "#domain/protocol.ts";
import { openDatabase } from "#server/db/database.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import { countersMessage } from "#simulator/messages.ts";
import { claimForTest } from "#test/catalogue.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";
import { describeMachine, formatTable, percentile, timed } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";

export interface ReportersOptions {
  /** Report rows of the hour, each from a reporter of its own. */
  sizes: readonly number[];
  rounds: number;
}

const datacenters = ["lon", "ash", "sjc", "sto", "gcp-eu"];
const messagesAtOnce = 5_000;
/** More reporters than a product accepts in an hour. */
const newNamesPerHour = { ...defaultNameLimits, reporter: 10_000_000 };
const clock = { speed: 1, now: () => new Date(), toRealMs: (ms: number) => ms };

/**
 * One event type per size, all of the same hour. Each round commits one more count of each and times the judging that follows.
 */
export async function measureReporters({ sizes, rounds }: ReportersOptions): Promise<string> {
  const postgres = await startBenchPostgres();
  const database = openDatabase(postgres.url);
  try {
    const hour = addHours(hourOf(new Date()), -1);
    const ctx = workerContext(database, clock);
    const writer = new BatchWriter({ database, clock, instance: "bench", newNamesPerHour });
    await claimForTest(database.sql, { datacenters, eventTypes: sizes.map(typeOf), activeFrom: hour.toISOString() });
    for (const size of sizes) await fill(writer, size, hour);
    await judgeAll(ctx, { limit: 1_000 });
    await database.sql.query("VACUUM ANALYZE");
    const taken = new Map<number, number[]>(sizes.map((size) => [size, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const size of sizes) {
        await writer.write({ messages: [count(size, size, hour, round + 1)], rejected: [] });
        taken.get(size)?.push(await timed(() => judgeAll(ctx, { limit: 1_000 })));
      }
    }
    return tableOf(taken);
  } finally {
    await database.close();
    await postgres.stop();
  }
}

function typeOf(size: number): string {
  return `Reporters${size}`;
}

async function fill(writer: BatchWriter, size: number, hour: Hour): Promise<void> {
  for (let from = 1; from <= size; from += messagesAtOnce) {
    const numbers = Array.from({ length: Math.min(messagesAtOnce, size - from + 1) }, (_, index) => from + index);
    await Promise.all(
      numbers.map((number) => writer.write({ messages: [count(size, number, hour, 1)], rejected: [] })),
    );
  }
}

/** Two thirds of the reporters count produced events, the others delivered ones. */
function count(size: number, number: number, hour: Hour, events: number): Message {
  const event = countersMessage({
    dc: datacenters[number % datacenters.length] ?? "",
    instance: `host-${number}`,
    at: clock.now(),
    stage: number % 3 === 0 ? "delivered" : "produced",
    about: `${size}/${number}/${events}`,
    reports: [{ eventType: typeOf(size), hour: formatHour(hour), events }],
  });
  const parsed = parseEvent(event, clock.now());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.message;
}

function tableOf(taken: ReadonlyMap<number, number[]>): string {
  const rows = [...taken].map(([size, times]) => {
    return { size, p50: percentile(times, 0.5), p95: percentile(times, 0.95), max: percentile(times, 1) };
  });
  const [first, last] = [rows[0], rows.at(-1)];
  const ratio = first && last ? last.p50 / first.p50 : 1;
  const table = formatTable(
    ["reports of the hour", "p50 ms", "p95 ms", "max ms"],
    rows.map(({ size, p50, p95, max }) => [size, p50.toFixed(1), p95.toFixed(1), max.toFixed(1)]),
  );
  return `${table}\n\nRatio of the largest to the smallest, p50: ${ratio.toFixed(2)} (target: at most 1.2)`;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      sizes: { type: "string", default: "500,5000,50000,200000" },
      rounds: { type: "string", default: "60" },
    },
  });
  const sizes = values.sizes.split(",").map(Number);
  process.stdout.write(`${describeMachine()}\n\n`);
  process.stdout.write(`${await measureReporters({ sizes, rounds: Number(values.rounds) })}\n`);
}
