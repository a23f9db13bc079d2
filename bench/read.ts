// npm run bench:read [-- --days 400 --rounds 200]
// How long reads take at 500 types × 5 datacenters, with 7 and with 400 days of history, beside the database's own round
// trip; and how large the tables get. The 400 days are some 5 GiB and take minutes to write.
import { parseArgs } from "node:util";
import type { Clock } from "#domain/clock.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import type { Context } from "#server/access/context.ts";
import { readBoard, readCompactBoard } from "#server/board/read-board.ts";
import { openDatabase } from "#server/db/database.ts";
import { listVerdicts } from "#server/verdicts/list-verdicts.ts";
import { readVerdict } from "#server/verdicts/read-verdict.ts";
import { describeMachine, formatTable, percentile, timed } from "./machine.ts";
import { createBeside, startBenchPostgres } from "./postgres.ts";
import { churnVerdicts, fillCatalogue, fillVerdicts } from "./read-history.ts";
import { type ReadServer, startReadServer } from "./read-server.ts";
import { measureSizes } from "./read-sizes.ts";

const { values } = parseArgs({
  options: { days: { type: "string", default: "400" }, rounds: { type: "string", default: "200" } },
});
const rounds = Number(values.rounds);
const longDays = Number(values.days);
const shortDays = 7;

const now = new Date("2026-11-22T20:20:00Z");
const current = hourOf(now);
const clock: Clock = { now: () => now, speed: 1, toRealMs: (productMs) => productMs };

/** One database with this much history, and the API on it. */
interface History {
  ctx: Context;
  server: ReadServer;
  stop(): Promise<void>;
}

const postgres = await startBenchPostgres();
const histories: History[] = [];
try {
  const short = await openHistory(await createBeside(postgres.url, "short"), shortDays);
  histories.push(short);
  const long = await openHistory(postgres.url, longDays);
  histories.push(long);
  const rows: string[][] = [];
  for (const { what, run } of subjects()) {
    const [few, many] = await measureBoth(
      () => run(short),
      () => run(long),
    );
    const figures = [few, many].flatMap((times) =>
      [0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(1)),
    );
    const growth = [0.5, 0.95].map((share) => (percentile(many, share) / percentile(few, share)).toFixed(2));
    rows.push([what, ...figures, ...growth]);
    process.stderr.write(`${rows.at(-1)?.join(" ")}\n`);
  }
  const percentiles = [shortDays, longDays].flatMap((days) => ["p50", "p95", "p99"].map((name) => `${days} d ${name}`));
  process.stdout.write(`${describeMachine()}; milliseconds, ${rounds} rounds, the two histories in turn\n\n`);
  process.stdout.write(`${formatTable(["what", ...percentiles, "p50 growth", "p95 growth"], rows)}\n\n`);
  process.stdout.write(`${await measureSizes(long.ctx, addHours(current, -24 * 3), longDays)}\n`);
} finally {
  for (const history of histories) await history.stop();
  await postgres.stop();
}

async function openHistory(url: string, days: number): Promise<History> {
  const database = openDatabase(url, { maxConnections: 10 });
  const first = addHours(current, -24 * days);
  await fillCatalogue(database, first, now);
  await fillVerdicts(database, first, addHours(current, 1), now);
  await churnVerdicts(database, addHours(current, -48), addHours(current, 1));
  // What autovacuum does by itself eventually.
  await database.sql.query("VACUUM ANALYZE");
  const server = await startReadServer(database, clock);
  return {
    ctx: { database, clock, actor: "bench", scopes: new Set(["admin"]) },
    server,
    stop: async () => {
      await server.stop();
      await database.close();
    },
  };
}

function subjects(): { what: string; run(history: History): Promise<unknown> }[] {
  const eventType = "Event0250";
  const threeBack = addHours(current, -3);
  const hour = formatHour(threeBack);
  const from = (hours: number) => formatHour(addHours(current, 1 - hours));
  const path = `/api/v1/event-types/${eventType}/hours`;
  const list = (hours: number) => ({ eventType, from: from(hours), limit: 500, after: null });
  return [
    { what: "reference: SELECT 1", run: ({ ctx }) => ctx.database.sql.query("SELECT 1") },
    {
      what: "reference: one verdict row by its key",
      run: ({ ctx }) =>
        ctx.database.sql.query("SELECT * FROM verdict WHERE event_type_id = $1 AND hour = $2", [250, threeBack]),
    },
    { what: "board, use case", run: ({ ctx }) => readBoard({ ctx }) },
    { what: "board, HTTP", run: ({ server }) => server.get("/api/v1/board") },
    { what: "board as pages ask for it, use case", run: ({ ctx }) => readCompactBoard({ ctx, input: {} }) },
    { what: "board as pages ask for it, HTTP", run: ({ server }) => server.get("/api/v1/board/compact") },
    { what: "its figures alone, HTTP", run: ({ server }) => server.get("/api/v1/board/compact?limit=0") },
    { what: "24 hours of a type, use case", run: ({ ctx }) => listVerdicts({ ctx, input: list(24) }) },
    { what: "24 hours of a type, HTTP", run: ({ server }) => server.get(`${path}?from=${from(24)}&limit=500`) },
    { what: "7 days of a type, use case", run: ({ ctx }) => listVerdicts({ ctx, input: list(168) }) },
    { what: "7 days of a type, HTTP", run: ({ server }) => server.get(`${path}?from=${from(168)}&limit=500`) },
    { what: "one hour, use case", run: ({ ctx }) => readVerdict({ ctx, input: { eventType, hour } }) },
    { what: "one hour, HTTP", run: ({ server }) => server.get(`${path}/${hour}`) },
  ];
}

/** Alternating, so that the machine's other work affects both. */
async function measureBoth(
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  const warmUps = Math.min(30, rounds);
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [index, run] of [first, second].entries()) {
      const ms = await timed(run);
      if (round >= 0) times[index]?.push(ms);
    }
  }
  return times;
}
