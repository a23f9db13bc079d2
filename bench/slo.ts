// The cost of service levels: reading 13 months of 500 types, and adding up a day of them after its verdicts changed.
// Figures: docs/performance-slo.md. `-- --rounds 200` for steadier ones.
import { parseArgs } from "node:util";
import { addHours } from "#domain/hour.ts";
import { digestHtml } from "#domain/slo/digest.ts";
import { addMonths, dayOf, formatMonth, monthOf } from "#domain/slo.ts";
import type { Context } from "#server/access/context.ts";
import { openDatabase } from "#server/db/database.ts";
import { readAttainment } from "#server/slo/read-attainment.ts";
import { readCalendar } from "#server/slo/read-calendar.ts";
import { readDigest } from "#server/slo/read-digest.ts";
import { readMonths } from "#server/slo/read-months.ts";
import { readReport } from "#server/slo/read-report.ts";
import { rollUpSlo } from "#server/slo/roll-up-slo.ts";
import { describeMachine, formatTable, percentile, timed } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";
import { fillCatalogue, fillVerdicts, typeCount } from "./read-history.ts";
import { type ReadServer, startReadServer } from "./read-server.ts";
import { fillSloHistory } from "./slo-history.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "100" } } });
const rounds = Number(values.rounds);
const now = new Date("2026-11-22T13:20:00Z");
const clock = { now: () => now, speed: 1, toRealMs: (productMs: number) => productMs };
const today = dayOf(now);
const first = addMonths(monthOf(now), -12);
const lastMonth = formatMonth(addMonths(monthOf(now), -1));

const fromDays = `
SELECT date_trunc('month', d.day, 'UTC'), t.tier, sum(due_hours), sum(met_hours), sum(due_events), sum(met_events)
  FROM slo_day d JOIN event_type t ON t.id = d.event_type_id GROUP BY 1, 2`;

const postgres = await startBenchPostgres();
const database = openDatabase(postgres.url, { maxConnections: 5 });
const server = await startReadServer(database, clock);
const ctx: Context = { database, clock, actor: "bench", scopes: new Set(["admin"]) };
try {
  await fillCatalogue(database, first, now);
  await fillSloHistory(database, first, today);
  await database.sql.query("VACUUM ANALYZE");
  const rows: string[][] = [];
  for (const [what, run] of subjects(server)) {
    const times = await measure(run);
    rows.push([what, ...[0, 0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(1))]);
    process.stderr.write(`${rows.at(-1)?.join(" ")}\n`);
  }
  process.stdout.write(
    `${describeMachine()}; ${typeCount} types, 13 months, ${await describeSize()}; milliseconds, ${rounds} rounds\n\n`,
  );
  process.stdout.write(`${formatTable(["what", "fastest", "p50", "p95", "p99"], rows)}\n\n`);
  process.stdout.write(`${await measureRollUp()}\n`);
} finally {
  await server.stop();
  await database.close();
  await postgres.stop();
}

function subjects({ get }: ReadServer): [string, () => Promise<unknown>][] {
  const input = { month: lastMonth };
  return [
    ["reference: SELECT 1", () => database.sql.query("SELECT 1")],
    ["reference: the same 13 months summed from their days", () => database.sql.query(fromDays)],
    ["13 months, use case", () => readMonths({ ctx, input: {} })],
    ["13 months, HTTP", () => get("/api/v1/slo/months")],
    ["attainment of a month, use case", () => readAttainment({ ctx, input })],
    ["attainment of a month, HTTP", () => get(`/api/v1/slo/attainment?month=${lastMonth}`)],
    ["attainment of 28 days, use case", () => readAttainment({ ctx, input: { window: "28d" } })],
    ["calendar of a month, use case", () => readCalendar({ ctx, input })],
    ["the page with its 13 months, use case", () => readReport({ ctx, input })],
    ["the page of one tier", () => readReport({ ctx, input: { ...input, tier: "high" } })],
    [
      "the monthly digest in HTML, use case",
      async () => digestHtml(await readDigest({ ctx, input }), "https://t.example"),
    ],
  ];
}

async function measure(run: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = -10; round < rounds; round += 1) {
    const ms = await timed(run);
    if (round >= 0) times.push(ms);
  }
  return times;
}

async function describeSize(): Promise<string> {
  const { rows } = await database.sql.query<{ days: number; mib: number }>(
    `SELECT (SELECT count(*)::int FROM slo_day) AS days,
            (pg_total_relation_size('slo_day') + pg_total_relation_size('slo_month') + pg_total_relation_size('slo_cause'))::float8
              / 1048576 AS mib`,
  );
  return `${rows[0]?.days.toLocaleString("en-US")} days of types in ${rows[0]?.mib.toFixed(0)} MiB`;
}

/** Yesterday's 12,000 verdicts exist, and every one was judged again. */
async function measureRollUp(): Promise<string> {
  const yesterday = addHours(today, -24);
  await fillVerdicts(database, yesterday, today, now);
  await database.sql.query("ANALYZE verdict");
  const perSecond: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    await database.sql.query(
      "INSERT INTO slo_dirty_day (event_type_id, day, cause) SELECT id, $1, 'reports' FROM event_type",
      [yesterday],
    );
    const startedAt = performance.now();
    while ((await rollUpSlo({ ctx, input: { limit: 1_000 } })) > 0);
    perSecond.push((typeCount * 1000) / (performance.now() - startedAt));
  }
  return `Adding up: ${Math.round(percentile(perSecond, 0.5)).toLocaleString("en-US")} days of a type a second (24 verdicts each), the median of ten rounds of ${typeCount}.`;
}
