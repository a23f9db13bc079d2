// npm run bench:catalogue [-- --types 500 --days 400 --seconds 90 --whole]
// How a large catalogue change affects ongoing work: a deadline of every tier, and a datacenter added to the last 30 days, while 1,000
// reports a second come in, real evaluate and maintain workers judge, and the product's clock starts an hour every 30 seconds. The same
// period without a change is the reference. `--whole` waits until every past hour is judged again.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { applyCatalogue } from "#server/catalogue/apply-catalogue.ts";
import { childEnvironment } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { createClock } from "#server/process/clock.ts";
import { readTaskProgress } from "#server/verdicts/read-task-progress.ts";
import { judgeAll } from "../test/judge-and-alert.ts";
import { fillQuietPast } from "./catalogue-history.ts";
import { ingestReports, watchNewHours } from "./catalogue-load.ts";
import { fillLanes } from "./fill-lanes.ts";
import { describeMachine, formatTable, percentile, timed } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";
import { fillCatalogue } from "./read-history.ts";

const { values } = parseArgs({
  options: {
    types: { type: "string", default: "500" },
    days: { type: "string", default: "400" },
    seconds: { type: "string", default: "90" },
    whole: { type: "boolean", default: false },
  },
});
const [types, days, seconds] = [Number(values.types), Number(values.days), Number(values.seconds)];
const startsAt = new Date("2026-11-22T13:20:00Z");
const speed = 120;
const say = (line: string) => process.stderr.write(`${line}\n`);

const postgres = await startBenchPostgres();
const database = openDatabase(postgres.url, { maxConnections: 6 });
const children: ReturnType<typeof spawn>[] = [];
try {
  const still = createClock({ setting: { startsAt, speed: 1 }, startedAtMs: Date.now() });
  const first = addHours(hourOf(startsAt), -24 * days);
  await fillCatalogue(database, first, startsAt);
  await database.sql.query("DELETE FROM event_type WHERE id > $1", [types]);
  await database.sql.query("UPDATE event_type SET hours_through = $1", [hourOf(startsAt)]);
  await fillQuietPast(database, first, hourOf(startsAt));
  // As the judge left them, for the hours that are judged again from their facts.
  const lanesFrom = addHours(hourOf(startsAt), -24 * Math.min(days, 31));
  for (let day = lanesFrom; day < startsAt; day = addHours(day, 24)) await fillLanes(database, day, addHours(day, 23));
  await database.sql.query("VACUUM ANALYZE");
  const settling = { database, clock: still, actor: "bench", scopes: new Set(["admin" as const]) };
  await judgeAll(settling);
  say(`${types} types with ${days} days are there.`);

  const startedAtMs = Date.now();
  const clock = createClock({ setting: { startsAt, speed }, startedAtMs });
  for (const worker of ["evaluate", "maintain"]) children.push(startWorker(worker, startedAtMs));
  const ctx = { database, clock, actor: "bench", scopes: new Set(["admin" as const, "write" as const]) };
  await new Promise((resolve) => setTimeout(resolve, 15_000));

  const rows: (string | number)[][] = [];
  const measure = async (what: string, during: () => Promise<string>) => {
    const until = Date.now() + seconds * 1_000;
    const ingest = ingestReports(ctx, { types, until });
    const newHours = watchNewHours(ctx, { types, until });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const took = await during();
    const [commits, delays] = [await ingest, await newHours];
    const ms = (times: number[], share: number) => Math.round(percentile(times, share));
    const judged = delays.map(({ ms: delay }) => delay);
    rows.push([
      what,
      took,
      commits.length * 100,
      ms(commits, 0.5),
      ms(commits, 0.99),
      ms(commits, 1),
      judged.length,
      ms(judged, 0.5),
      ms(judged, 1),
    ]);
    say(rows.at(-1)?.join(" | ") ?? "");
  };
  const apply =
    (text: string, dryRun = false) =>
    async () =>
      `${Math.round(await timed(() => applyCatalogue({ ctx, input: { text, dryRun } })))} ms`;
  const document = (kind: string, name: string, spec: object) =>
    JSON.stringify({ apiVersion: "tidemark/v1", kind, metadata: { name }, spec });
  const deadlines = ["high", "normal", "low"].map((name, index) =>
    document("Tier", name, { deadline: `${[3, 30, 80][index]}h` }),
  );
  const site = document("Datacenter", "dc-new", { activeFrom: formatHour(addHours(hourOf(startsAt), -24 * 30)) });
  await measure("reference: no change", async () => "–");
  await measure("preview of every tier's deadline", apply(deadlines.join("\n---\n"), true));
  const beganAtMs = performance.now();
  await measure("every tier's deadline", apply(deadlines.join("\n---\n")));
  await measure("a datacenter, 30 days back, while that goes on", apply(site));
  process.stdout.write(`${describeMachine()}; ${types} types × ${days} days\n\n`);
  const header = [
    "what",
    "took",
    "reports",
    "commit p50 ms",
    "p99",
    "longest",
    "hours created",
    "all judged after p50 ms",
    "longest",
  ];
  process.stdout.write(`${formatTable(header, rows)}\n\n`);
  process.stdout.write(`${await describeBackground(beganAtMs)}\n`);
} finally {
  for (const child of children) child.kill("SIGKILL");
  await database.close();
  await postgres.stop();
}

async function describeBackground(beganAtMs: number): Promise<string> {
  let progress = await readTaskProgress(database.sql);
  while (values.whole && progress !== null) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    progress = await readTaskProgress(database.sql);
  }
  const elapsed = (performance.now() - beganAtMs) / 1_000;
  if (progress === null) return `Every past hour was judged again within ${Math.round(elapsed)} s.`;
  const { hours, doneHours, secondsLeft } = progress;
  return `After ${Math.round(elapsed)} s ${doneHours.toLocaleString("en-US")} of ${hours.toLocaleString("en-US")} past hours were judged again; the status page said about ${secondsLeft} s were left.`;
}

function startWorker(name: string, startedAtMs: number) {
  return spawn(process.execPath, [`workers/${name}/main.ts`], {
    stdio: ["pipe", "ignore", "inherit"],
    env: childEnvironment({
      DATABASE_URL: postgres.url,
      TIDEMARK_CLOCK: `${startsAt.toISOString()} ${speed}x`,
      TIDEMARK_CLOCK_STARTED_AT_MS: String(startedAtMs),
      TIDEMARK_DATA_DIR: null,
      NODE_ENV: "production",
      TIDEMARK_LOG_LEVEL: "warn",
    }),
  });
}
