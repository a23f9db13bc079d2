// A day with an outage, lived through by the product on a real PostgreSQL twice: as exporters report it, and as Google Cloud Monitoring alone shows it. See
// docs/performance-sources.md. `-- --day short`, `--day "before the queue"`; `--print` prints every alert and closing.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { openDatabase } from "#server/db/database.ts";
import type { World } from "#simulator/drill/world.ts";
import { type Account, accountOf } from "#test/story/account.ts";
import { type Comparison, compareAccounts, type Spread } from "#test/story/compare-accounts.ts";
import { isOutageDay, outageDay, outageDays } from "#test/story/outage-day.ts";
import { type Teller, toldByExporters } from "#test/story/teller.ts";
import { toldByMonitoring } from "#test/story/told-by-monitoring.ts";
import { describeMachine, formatTable } from "./machine.ts";
import { startBenchPostgres, throwaway } from "./postgres.ts";

const { values } = parseArgs({
  options: { day: { type: "string", default: "scripted" }, print: { type: "boolean", default: false } },
});
const { day } = values;
if (!isOutageDay(day)) throw new Error(`--day must be one of ${outageDays.join(", ")}.`);
const world = outageDay(day);
const startedMs = performance.now();
const postgres = await startBenchPostgres(throwaway);
try {
  const exporters = await live("exporters", toldByExporters(world));
  const monitoring = await live("monitoring", toldByMonitoring(world));
  say(sayComparison(compareAccounts(world, monitoring, exporters)));
  for (const incident of world.incidents) say(`Happened: ${sayIncident(incident)}`);
} finally {
  await postgres.stop();
}
const seconds = Math.round((performance.now() - startedMs) / 1000);
say(`${describeMachine()}; ${seconds} s in all, load ${loadavg()[0]?.toFixed(1)}`);

async function live(name: string, teller: Teller): Promise<Account> {
  const admin = openDatabase(new URL("/postgres", postgres.url).href, { maxConnections: 1 });
  await admin.sql.query(`CREATE DATABASE ${name} TEMPLATE ${new URL(postgres.url).pathname.slice(1)}`);
  await admin.close();
  const database = openDatabase(new URL(`/${name}`, postgres.url).href, { maxConnections: 5 });
  try {
    const account = await accountOf(database, world, teller);
    say(sayAccount(name, account));
    return account;
  } finally {
    await database.close();
  }
}

function sayAccount(name: string, account: Account): string {
  const lines = [`By ${name}: ${account.minutes} minutes, first message ${timeOf(account.pagedMs)}`];
  for (const { causeKey, situation, state } of account.incidents) {
    const { sentence, onset, cause } = situation;
    lines.push(
      `  ${causeKey} ${state}: ${cause.code}, since ${timeOf(Date.parse(onset.at))} by ${onset.source}: ${sentence}`,
    );
  }
  for (const [key, causes] of account.causes) lines.push(`  causes ever said of ${key}: ${[...causes].join(", ")}`);
  lines.push(`  states: ${[...account.states].join(" ")}`);
  if (!values.print) return lines.join("\n");
  for (const { rule, datacenter, eventType, atMs } of account.fired)
    lines.push(`  ${timeOf(atMs)} ${rule} ${datacenter ?? ""} ${eventType ?? ""}`);
  for (const { lane, closedAtMs, knownMs } of account.closings)
    lines.push(`  ${lane} closed ${timeOf(closedAtMs)}, known ${timeOf(knownMs)}`);
  return lines.join("\n");
}

function sayComparison({ falseClosings, onlyHere, onlyThere, pagedLater, ...spreads }: Comparison): string {
  const row = (what: string, spread: Spread | null) =>
    spread
      ? [what, spread.count, ...[spread.least, spread.median, spread.most].map(Math.round)]
      : [what, 0, "", "", ""];
  const rows = [
    row("an hour's closing, said later than it was", spreads.closedLater),
    row("an hour's closing, known after it was", spreads.knownAfter),
    row("an hour's closing, known later than by exporters", spreads.knownLater),
    row("backlog alerts, later than by exporters", spreads.backlogLater),
    ...[...spreads.otherLater].map(([rule, spread]) => row(`\`${rule}\`, later than by exporters`, spread)),
  ];
  return [
    formatTable(["seconds", "count", "least", "median", "most"], rows),
    `First message: ${pagedLater === null ? "not in both" : `later by ${pagedLater} s`}. Closings of hours that were not closed: ${falseClosings.join(", ") || "none"}.`,
    `Only by monitoring: ${onlyHere.join(", ") || "none"}. Only by exporters: ${onlyThere.join(", ") || "none"}.`,
  ].join("\n");
}

function sayIncident({ kind, dc, fromAt, toAt }: World["incidents"][number]): string {
  return `${kind} at ${dc} from ${timeOf(fromAt.getTime())} to ${timeOf(toAt.getTime())}`;
}

function timeOf(ms: number | null): string {
  return ms === null ? "never" : new Date(ms).toISOString().slice(11, 19);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
