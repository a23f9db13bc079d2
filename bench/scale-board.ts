// node bench/scale-board.ts [--types 500,2000,10000 --rounds 120]: part of npm run bench:scale.
// The in-process board by number of event types, while verdicts, watermarks and forecasts are being written and the clock advances a second per read:
// what a page asks for every second, beside an uncached board and beside a round trip to the database.
import { parseArgs } from "node:util";
import type { Clock } from "#domain/clock.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import type { Context } from "#server/access/context.ts";
import { readCompactBoard } from "#server/board/read-board.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { markVerdictsChanged } from "#server/verdicts/mark-verdicts-changed.ts";
import { describeMachine, formatTable, percentile, timed } from "./machine.ts";
import { createBeside, startBenchPostgres } from "./postgres.ts";
import { fillCatalogue, fillVerdicts } from "./read-history.ts";

const { values } = parseArgs({
  options: { types: { type: "string", default: "500,2000,10000" }, rounds: { type: "string", default: "120" } },
});
const rounds = Number(values.rounds);
const historyHours = 72;
const wholeRounds = 5;
const forecastEvery = 5;
const startAt = new Date("2026-11-22T20:20:00Z");
let now = startAt;
const current = hourOf(startAt);
const clock: Clock = { now: () => now, speed: 1, toRealMs: (productMs) => productMs };

const postgres = await startBenchPostgres();
const rows: (string | number)[][] = [];
try {
  for (const types of values.types.split(",").map(Number)) {
    const database = openDatabase(await createBeside(postgres.url, `types_${types}`), { maxConnections: 10 });
    try {
      rows.push(await measure(database, types));
      process.stderr.write(`${rows.at(-1)?.join(" ")}\n`);
    } finally {
      await database.close();
    }
  }
} finally {
  await postgres.stop();
}
process.stdout.write(
  `${describeMachine()}; milliseconds; before each of ${rounds} looks a sixtieth of the types' hours and watermarks is written, and every ${forecastEvery}th time all forecasts.\n\n` +
    `${formatTable(["event types", "SELECT 1 p50", "board p50", "board p95", "board max", "read whole p50"], rows)}\n`,
);

async function measure(database: Database, types: number): Promise<(string | number)[]> {
  const { sql } = database;
  now = startAt;
  await fillCatalogue(database, addHours(current, -historyHours), now, types);
  await fillVerdicts(database, addHours(current, -historyHours), addHours(current, 1), now);
  await writeForecasts(database);
  await sql.query("VACUUM ANALYZE");
  const context = (of: Database): Context => ({ database: of, clock, actor: "bench", scopes: new Set(["admin"]) });
  const whole: number[] = [];
  for (let round = 0; round < wholeRounds; round += 1) {
    const fresh = openDatabase(database.directUrl, { maxConnections: 10 });
    await fresh.sql.query("SELECT 1");
    whole.push(await timed(() => readCompactBoard({ ctx: context(fresh), input: {} })));
    await fresh.close();
  }
  const [looks, trips]: [number[], number[]] = [[], []];
  const warmUps = 10;
  for (let round = -warmUps; round < rounds; round += 1) {
    await writeSixtieth(database, round + warmUps);
    if (round % forecastEvery === 0) await writeForecasts(database);
    now = new Date(now.getTime() + 1_000);
    const tripMs = await timed(() => sql.query("SELECT 1"));
    const lookMs = await timed(() => readCompactBoard({ ctx: context(database), input: {} }));
    if (round < 0) continue;
    trips.push(tripMs);
    looks.push(lookMs);
  }
  const figures = [
    percentile(trips, 0.5),
    percentile(looks, 0.5),
    percentile(looks, 0.95),
    percentile(looks, 1),
    percentile(whole, 0.5),
  ];
  return [types, ...figures.map((ms) => ms.toFixed(1))];
}

/** As judging and ingest leave it: all of it is written once a minute. */
async function writeSixtieth(database: Database, round: number): Promise<void> {
  await database.transaction(async (tx) => {
    const { rows: written } = await tx.query<{ id: number }>(
      `UPDATE verdict SET judged_at = judged_at + interval '1 ms' WHERE hour = $1 AND event_type_id % 60 = $2
       RETURNING event_type_id AS id`,
      [current, round % 60],
    );
    await markVerdictsChanged(
      tx,
      written.map(({ id }) => id),
      now,
    );
    await tx.query(
      "UPDATE watermark SET watermark = watermark + interval '1 s', observed_at = $2 WHERE event_type_id % 60 = $1",
      [round % 60, now],
    );
  });
}

async function writeForecasts({ sql }: Database): Promise<void> {
  await sql.query(
    `INSERT INTO forecast (event_type_id, hour, breach_probability, closes_at_p50, closes_at_p90, made_at)
     SELECT id, $1, 0.1, $2::timestamptz + interval '1 h', $2::timestamptz + interval '2 h', $2 FROM event_type
     ON CONFLICT (event_type_id, hour) DO UPDATE SET breach_probability = random() / 2, made_at = excluded.made_at`,
    [current, now],
  );
}
