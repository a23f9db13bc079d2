// npm run bench:citus [-- --types 200 --hosts 50]: what a report and a verdict cost on one PostgreSQL and on Citus with one and two
// workers, all on this machine and durable; and where the bytes are. Needs Citus in Debian's PostgreSQL 15.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { addHours } from "#domain/hour.ts";
import { placeTables } from "#server/db/citus/place-tables.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { type ReportRow, writeReports, writeTotals } from "#server/facts/index.ts";
import { createCurrentHours } from "#server/verdicts/create-current-hours.ts";
import { judgeHours } from "#server/verdicts/judge-hours.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createCitusDatabase, startCitus } from "#test/citus.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { onJudged } from "#workers/on-judged.ts";
import { describeMachine, formatTable } from "./machine.ts";

const { values: options } = parseArgs({
  options: { types: { type: "string", default: "200" }, hosts: { type: "string", default: "50" } },
});
const [types, hosts] = [Number(options.types), Number(options.hosts)];
const datacenters = ["ams", "fra", "lon", "nyc", "sto"];
const hour = new Date("2026-11-22T12:00:00Z");
const batchRows = 6_000;
const judgedAtOnce = 200;

const rows: (string | number)[][] = [];
for (const workers of [0, 1, 2]) {
  const citus = await startCitus(workers, { durable: true, shards: 8 });
  const url = `${citus.nodes[0]}/bench`;
  await createCitusDatabase(citus.nodes, "bench");
  await migrateDatabase(url);
  if (workers > 0) await placeTables(url, "citus");
  const database = openDatabase(url);
  rows.push([workers === 0 ? "one PostgreSQL" : `Citus, ${workers} workers`, ...(await measure(database))]);
  await database.close();
  await citus.stop();
}
process.stdout.write(
  `${describeMachine()}, load ${loadavg()[0]?.toFixed(1)}; ${types} types × ${hosts} hosts × 2 stages\n`,
);
const header = [
  "database",
  "reports/s, insert",
  "reports/s, update",
  "verdicts/s",
  "ms a verdict of one hour",
  "MiB on each node",
];
process.stdout.write(`${formatTable(header, rows)}\n`);

async function measure(database: Database): Promise<(string | number)[]> {
  const clock = new ManualClock("2026-11-22T13:30:00Z");
  const ctx = workerContext(database, clock);
  const eventTypes = Array.from({ length: types }, (_, index) => `Type${index}`);
  await claimForTest(database.sql, { datacenters, eventTypes, activeFrom: addHours(hour, -1).toISOString() });
  await ensurePartitions(database, [hour]);
  await createCurrentHours({ ctx });
  await judgeAll();
  const inserted = await rateOf(() => ingest(1_000));
  await judgeAll();
  const updated = await rateOf(() => ingest(1_001));
  const beganMs = performance.now();
  const judged = await judgeAll();
  const verdicts = Math.round(judged / ((performance.now() - beganMs) / 1_000));
  const single = await timeSingle();
  return [inserted, updated, verdicts, single, await sizes(database)];

  async function ingest(events: number): Promise<void> {
    const all: ReportRow[] = [];
    for (let type = 1; type <= types; type += 1)
      for (let host = 0; host < hosts; host += 1)
        for (const stage of [1, 3]) all.push(reportOf({ type, host, stage, events }));
    for (let at = 0; at < all.length; at += batchRows)
      await database.transaction(async (tx) => writeTotals(tx, await writeReports(tx, all.slice(at, at + batchRows))));
  }

  async function rateOf(work: () => Promise<void>): Promise<number> {
    const startedMs = performance.now();
    await work();
    return Math.round((types * hosts * 2) / ((performance.now() - startedMs) / 1_000));
  }

  /** The median of 20: one report of one type until its hour's verdict is committed. */
  async function timeSingle(): Promise<number> {
    const times: number[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const report = reportOf({ type: turn + 1, host: 0, stage: 1, events: 2_000 });
      const startedMs = performance.now();
      await database.transaction(async (tx) => writeTotals(tx, await writeReports(tx, [report])));
      await judgeAll();
      times.push(performance.now() - startedMs);
    }
    return Math.round(times.sort((a, b) => a - b)[10] ?? 0);
  }

  async function judgeAll(): Promise<number> {
    let hours = 0;
    let taken = 0;
    do {
      taken = await judgeHours({ ctx, input: { limit: judgedAtOnce * hosts }, onJudged });
      hours += Math.min(taken, types);
    } while (taken > 0);
    return hours;
  }
}

function reportOf({ type, host, stage, events }: Record<"type" | "host" | "stage" | "events", number>): ReportRow {
  const datacenterId = 1 + (host % datacenters.length);
  const reporterId = host * 10 + stage;
  return {
    eventTypeId: type,
    hour,
    datacenterId,
    stage,
    reporterId,
    landedHour: hour,
    epoch: 0,
    events,
    bytes: null,
    malformed: null,
  };
}

/** The coordinator first. */
async function sizes({ sql }: Database): Promise<string> {
  const { rows: local } = await sql.query<{ mib: number }>(
    "SELECT (pg_database_size(current_database()) / 1048576)::int AS mib",
  );
  const { rows: nodes } = await sql.query<{ mib: number }>(
    `SELECT (sum(shard_size) / 1048576)::int AS mib FROM citus_shards GROUP BY nodeport ORDER BY nodeport`,
  );
  return [...local, ...nodes].map(({ mib }) => mib).join(" + ");
}
