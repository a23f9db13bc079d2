// npm run bench:alert
// The cost of evaluating the default rules with 500 types, 5 datacenters and a week of hours: each second's tick, quiet and with a whole
// datacenter cut off, and after the judge for the types of one batch. In real time, the median of several rounds.

import { type Database, openDatabase } from "#server/db/database.ts";
import { evaluateAlerts } from "#server/incidents/evaluate-alerts.ts";
import { tickAlerts } from "#server/incidents/tick-alerts.ts";
import { notifyOfIncidents } from "#server/notifications/notify-of-incidents.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { describeMachine, formatTable, percentile, timed } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";
import { fillCatalogue, fillVerdicts, typeCount } from "./read-history.ts";

const now = new Date("2026-11-22T13:25:00Z");
const from = new Date("2026-11-15T13:00:00Z");
const rounds = 15;

const postgres = await startBenchPostgres();
const database = openDatabase(postgres.url, { maxConnections: 3 });
try {
  console.log(await measure(database));
} finally {
  await database.close();
  await postgres.stop();
}

async function measure({ sql }: Database): Promise<string> {
  const clock = new ManualClock(now.toISOString());
  const ctx = workerContext(database, clock);
  await fillCatalogue(database, from, now);
  await fillVerdicts(database, from, new Date("2026-11-22T14:00:00Z"), now);
  await fillLanes(database);
  await sql.query("ANALYZE");
  const pass = (seconds: number) => clock.set(new Date(clock.now().getTime() + seconds * 1000));
  const tick = async () => {
    pass(1);
    await tickAlerts({ ctx, listener: notifyOfIncidents });
  };
  const judged = (types: number) => async () => {
    pass(1);
    const ids = Array.from({ length: types }, (_, index) => index + 1);
    await database.transaction((tx) =>
      evaluateAlerts(tx, { ctx, input: { eventTypeIds: ids, historyOf: ids }, listener: notifyOfIncidents }),
    );
  };
  const first = await timed(tick);
  const quiet = await median(tick);
  const five = await median(judged(5));
  const all = await median(judged(typeCount));
  await cutDatacenter(database);
  pass(1_200);
  await sql.query("UPDATE ingest_worker SET last_ingest_at = $1", [clock.now()]);
  await sql.query("UPDATE datacenter SET last_seen_at = $1 WHERE name <> 'dc-1'", [clock.now()]);
  const cut = await timed(tick);
  const { rows } = await sql.query<{ firing: number; incidents: number }>(
    `SELECT (SELECT count(*)::int FROM alert WHERE state = 'firing') AS firing, (SELECT count(*)::int FROM incident) AS incidents`,
  );
  const during = await median(tick);
  const refresh = await median(async () => {
    pass(10);
    await tickAlerts({ ctx, listener: notifyOfIncidents });
  });
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return [
    describeMachine(),
    "",
    formatTable(
      [`${typeCount} types, 5 datacenters, 7 days of hours, default rules`, "time"],
      [
        ["the first tick of a process, what is usual learned too", ms(first)],
        ["a tick", ms(quiet)],
        ["after the judge, 5 types", ms(five)],
        [`after the judge, all ${typeCount} types`, ms(all)],
        [
          `the tick that sees a datacenter cut: ${rows[0]?.firing} alerts fire, ${rows[0]?.incidents} incidents`,
          ms(cut),
        ],
        ["a tick while they fire", ms(during)],
        ["of every tenth second, when their values and hours are written", ms(refresh)],
      ],
    ),
  ].join("\n");
}

/** Watermarks that moved just now, and when hours were closed before. */
async function fillLanes({ sql }: Database): Promise<void> {
  await sql.query("UPDATE watermark SET watermark = $1::timestamptz - interval '6 min 3 s', observed_at = $1", [now]);
  await sql.query(
    `INSERT INTO closing_step (event_type_id, datacenter_id, closed_through, closed_at)
     SELECT w.event_type_id, w.datacenter_id, h, h + make_interval(mins => 5 + w.event_type_id % 20)
       FROM watermark w, generate_series($1::timestamptz, $2::timestamptz - interval '1 hour', interval '1 hour') h`,
    [from, now],
  );
  await sql.query(
    `INSERT INTO backlog (event_type_id, datacenter_id, stage, oldest_age_seconds, messages, observed_at)
     SELECT event_type_id, datacenter_id, 3, 40, 1000, $1 FROM watermark`,
    [now],
  );
}

/** Twenty minutes later one datacenter has not moved, and the others have. */
async function cutDatacenter({ sql }: Database): Promise<void> {
  await sql.query(
    `UPDATE watermark SET watermark = watermark + interval '20 min', observed_at = observed_at + interval '20 min' WHERE datacenter_id > 1`,
  );
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await timed(work));
  return percentile(times, 0.5);
}
