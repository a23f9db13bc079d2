// The cost of replaying a rule over 30 days of 500 types, beside a plain read of the same rows. Figures:
// docs/performance-backtest.md. `-- --only lost` for some of the rules, `--rounds 10` for steadier figures.
import { parseArgs } from "node:util";
import { addHours, hourOf } from "#domain/hour.ts";
import type { Context } from "#server/access/context.ts";
import { backtestDraft } from "#server/backtest/run-backtest.ts";
import { openDatabase } from "#server/db/database.ts";
import { fitForecast } from "#server/forecast/fit-forecast.ts";
import { describeMachine, formatTable, percentile } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";
import { fillCatalogue, fillVerdicts, typeCount } from "./read-history.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, only: { type: "string", default: "" } },
});
const rounds = Number(values.rounds);
const now = new Date("2026-11-22T13:20:00Z");
const clock = { now: () => now, speed: 1, toRealMs: (productMs: number) => productMs };
const from = addHours(hourOf(now), -30 * 24);

const postgres = await startBenchPostgres();
const database = openDatabase(postgres.url, { maxConnections: 5 });
const ctx: Context = { database, clock, actor: "bench", scopes: new Set(["admin"]) };
const page = { severity: "page" };
const drafts: Record<string, Record<string, unknown>> = {
  "closing_delay 80% (deadline-near)": { metric: "closing_delay", threshold: "80%", ...page },
  "closing_delay 60m: every hour holds at some threshold": { metric: "closing_delay", threshold: "60m", ...page },
  "closing_delay 60m of one tier": { metric: "closing_delay", threshold: "60m", scope: { tier: "high" }, ...page },
  "lost 0.1%": { metric: "lost", threshold: "0.1%", ...page },
  "completeness 99.9%": { metric: "completeness", threshold: "99.9%", ...page },
  "burn_rate, two windows": {
    metric: "burn_rate",
    windows: [
      { long: "1h", short: "5m", factor: 14.4 },
      { long: "6h", short: "30m", factor: 6 },
    ],
    ...page,
  },
  "breach_probability 50%, an even part of the types": { metric: "breach_probability", threshold: "50%", ...page },
};

try {
  await fillCatalogue(database, from, now);
  await fillVerdicts(database, from, addHours(hourOf(now), 1), now);
  await database.sql.query("UPDATE tier SET objective = 0.995, objective_completeness = 0.999");
  await database.sql.query("VACUUM ANALYZE");
  await fitForecast({ ctx });
  const { rows: sizes } = await database.sql.query<{ rows: number }>("SELECT count(*)::int AS rows FROM verdict");
  const out: string[][] = [
    await row("reference: SELECT all its columns of the same rows, in 500 rows of JSON", readAll),
  ];
  for (const [what, spec] of Object.entries(drafts).filter(([name]) => name.includes(values.only))) {
    out.push(await row(what, async () => say(await backtestDraft({ ctx, input: { spec, from: null, to: null } }))));
    process.stderr.write(`${out.at(-1)?.join(" | ")}\n`);
  }
  process.stdout.write(
    `${describeMachine()}; ${typeCount} types, 30 days, ${sizes[0]?.rows.toLocaleString("en-US")} verdicts; seconds, ${rounds} rounds\n\n`,
  );
  process.stdout.write(
    `${formatTable(["what", "median", "slowest", "of it this process's processor", "found"], out)}\n`,
  );
} finally {
  await database.close();
  await postgres.stop();
}

/** Wall-clock seconds and this process's CPU seconds: others may use the machine meanwhile, and PostgreSQL does. */
async function row(what: string, run: () => Promise<string>): Promise<string[]> {
  const times: number[] = [];
  const processor: number[] = [];
  let found = "";
  for (let round = 0; round < rounds; round += 1) {
    const [startedAt, used] = [performance.now(), process.cpuUsage()];
    found = await run();
    times.push((performance.now() - startedAt) / 1000);
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1e6);
  }
  const figures = [percentile(times, 0.5), percentile(times, 1), percentile(processor, 0.5)];
  return [what, ...figures.map((seconds) => seconds.toFixed(2)), found];
}

async function readAll(): Promise<string> {
  const { rows } = await database.sql.query(
    "SELECT event_type_id, json_agg(json_build_array(hour, state, closed_at, deadline_at, produced, delivered, lost, skewed)) AS hours FROM verdict GROUP BY 1",
  );
  return `${rows.length} types`;
}

function say({
  alerts,
  pages,
  breaches,
  curve,
  replayedEventTypes,
  notReplayable,
}: Awaited<ReturnType<typeof backtestDraft>>) {
  if (notReplayable) return notReplayable;
  const caught = breaches ? `${breaches.caught} of ${breaches.total} breaches` : "nothing promised";
  return `${replayedEventTypes} types, ${curve.length} thresholds; at its own ${alerts} alerts, ${pages} pages, ${caught}`;
}
