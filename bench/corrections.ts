// npm run bench:corrections [-- --days 400 --reporters 50]
// Large corrections, each done and undone, while 1,000 reports a second come in and a real evaluate worker judges: the counts of one
// lane (one report per hour and reporter), and its watermark. The same period without a correction is the reference.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import type { Context } from "#server/access/context.ts";
import { childEnvironment } from "#server/config.ts";
import { createCorrection } from "#server/corrections/create-correction.ts";
import { undoCorrection } from "#server/corrections/undo-correction.ts";
import { openDatabase } from "#server/db/database.ts";
import { createClock } from "#server/process/clock.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { ingestReports } from "./catalogue-load.ts";
import { fillLane } from "./corrections-history.ts";
import { describeMachine, formatTable, percentile } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";
import { fillCatalogue } from "./read-history.ts";

const { values } = parseArgs({
  options: { days: { type: "string", default: "400" }, reporters: { type: "string", default: "50" } },
});
const [days, reporters] = [Number(values.days), Number(values.reporters)];
const types = 100;
const say = (line: string) => process.stderr.write(`${line}\n`);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const postgres = await startBenchPostgres();
const database = openDatabase(postgres.url, { maxConnections: 6 });
const now = hourOf(new Date());
let evaluate: ReturnType<typeof spawn> | undefined;
try {
  const clock = createClock({ setting: { startsAt: new Date(), speed: 1 }, startedAtMs: Date.now() });
  const first = addHours(now, -24 * days);
  await fillCatalogue(database, first, now, types);
  await database.sql.query("UPDATE event_type SET hours_through = $1", [addHours(now, -1)]);
  await fillLane(database, { eventType: "Event0001", from: first, to: now, reporters });
  await database.sql.query("VACUUM ANALYZE");
  const ctx: Context = { database, clock, actor: "bench", scopes: new Set(["admin", "write"]) };
  await judgeAll(ctx);
  say(`${days * 24 * reporters} counts of one lane are there.`);
  evaluate = spawn(process.execPath, ["workers/evaluate/main.ts"], {
    stdio: ["pipe", "ignore", "inherit"],
    env: childEnvironment({
      DATABASE_URL: postgres.url,
      TIDEMARK_CLOCK: null,
      TIDEMARK_DATA_DIR: null,
      NODE_ENV: "production",
      TIDEMARK_LOG_LEVEL: "warn",
    }),
  });
  await pause(5_000);

  const rows: (string | number)[][] = [];
  const isLeft = async (statement: string) => ((await database.sql.query(statement)).rowCount ?? 0) > 0;
  const until = async (statement: string, sinceMs: number) => {
    while (await isLeft(statement)) await pause(100);
    return Math.round(performance.now() - sinceMs) / 1_000;
  };
  /** Returns what was done. */
  const measure = async <Done>(what: string, act: () => Promise<Done>): Promise<Done> => {
    const load = { types, until: Number.POSITIVE_INFINITY };
    const ingest = ingestReports(ctx, load);
    await pause(1_000);
    const sinceMs = performance.now();
    const done = await act();
    const answered = Math.round(performance.now() - sinceMs) / 1_000;
    const unfinished =
      "SELECT FROM correction WHERE applied_at IS NULL OR (undone_at IS NOT NULL AND restored_at IS NULL)";
    const moved = await until(unfinished, sinceMs);
    const judged = await until("SELECT FROM dirty_hour WHERE correction_id IS NOT NULL LIMIT 1", sinceMs);
    load.until = 0;
    const commits = await ingest;
    const ms = (share: number) => Math.round(percentile(commits, share));
    rows.push([what, answered, moved, judged, commits.length * 100, ms(0.5), ms(0.99), ms(1)]);
    say(rows.at(-1)?.join(" | ") ?? "");
    return done;
  };
  const scope = { eventType: "Event0001", datacenter: "dc-1", reason: "bench" };
  await measure("reference: nothing", () => pause(15_000));
  const discard = {
    ...scope,
    action: "discard-counts",
    stage: "produced",
    from: formatHour(first),
    to: formatHour(now),
  };
  const discarded = await measure("discard", () => createCorrection({ ctx, input: discard }));
  await measure("undo it", () => undoCorrection({ ctx, input: { id: discarded.id } }));
  const reset = { ...scope, action: "reset-watermark", after: first.toISOString() };
  const lowered = await measure("reset the watermark", () => createCorrection({ ctx, input: reset }));
  await measure("undo it", () => undoCorrection({ ctx, input: { id: lowered.id } }));
  const counts = (days * 24 * reporters).toLocaleString("en-US");
  process.stdout.write(
    `${describeMachine()}; ${counts} counts in ${(days * 24).toLocaleString("en-US")} hours of a lane\n\n`,
  );
  const header = [
    "what",
    "answered s",
    "facts moved s",
    "judged again s",
    "reports",
    "commit p50 ms",
    "p99",
    "longest",
  ];
  process.stdout.write(`${formatTable(header, rows)}\n`);
} finally {
  evaluate?.kill("SIGKILL");
  await database.close();
  await postgres.stop();
}
