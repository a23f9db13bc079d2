// The scripted day and random ones, lived through by the product on a real PostgreSQL minute by minute: everything that it says is compared with
// what the simulator really did. See docs/performance-story.md. `-- --days 200 --seed 1000`; `--print` prints what is said of incidents.
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.ts";
import { startBenchPostgres, throwaway } from "./postgres.ts";
import {
  contradictionsOf,
  type DayResult,
  keepResult,
  lastLives,
  readResults,
  sayDay,
  sayResults,
} from "./story-results.ts";
import type { DayToLive } from "./story-worker.ts";

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "200" },
    seed: { type: "string", default: "1000" },
    short: { type: "boolean", default: false },
    scripted: { type: "boolean", default: false },
    print: { type: "boolean", default: false },
    /** Days side by side. */
    jobs: { type: "string", default: "1" },
    /** Results, a line of JSON each day. Days that it has of the same commit are not lived again. */
    out: { type: "string" },
    /** Nor those that were lived without a contradiction on another commit. */
    "any-commit": { type: "boolean", default: false },
    /** Only what is in the file. */
    report: { type: "boolean", default: false },
  },
});

const commit = currentCommit();
const asked = [
  ...(values.short ? ["short"] : []),
  ...(values.scripted ? ["scripted"] : []),
  ...Array.from({ length: Number(values.days) }, (_, day) => `seed ${Number(values.seed) + day}`),
];
const startedMs = performance.now();
const before = values.out === undefined ? [] : await readResults(values.out);
const known = new Set(before.filter(isStillTrue).map(({ day }) => day));
const lived: DayResult[] = [];
if (!values.report) await liveAll(asked.filter((day) => !known.has(day)));
const results = lastLives([...before, ...lived]).filter(({ day }) => asked.includes(day));
say(`${describeMachine()}; ${lived.length} days in ${Math.round((performance.now() - startedMs) / 1000)} s\n`);
say(sayResults(results));

function isStillTrue(result: DayResult): boolean {
  if (result.failed !== null) return false;
  return result.commit === commit || (values["any-commit"] && contradictionsOf(result) === 0);
}

async function liveAll(days: string[]): Promise<void> {
  if (days.length === 0) return;
  const postgres = await startBenchPostgres(throwaway);
  try {
    await Promise.all(Array.from({ length: Number(values.jobs) }, () => liveSome(days, postgres.url)));
  } finally {
    await postgres.stop();
  }
}

/** In a process of its own, until none of the days is left. */
async function liveSome(days: string[], url: string): Promise<void> {
  const worker = fork(join(import.meta.dirname, "story-worker.ts"));
  const ended = once(worker, "exit").then(([code]) => {
    throw new Error(`A process that lives days ended with ${code}.`);
  });
  ended.catch(() => undefined);
  try {
    for (let day = days.shift(); day !== undefined; day = days.shift()) {
      const answer = once(worker, "message");
      worker.send({ day, url, commit, print: values.print } satisfies DayToLive);
      const [result] = (await Promise.race([answer, ended])) as [DayResult];
      lived.push(result);
      if (values.out !== undefined) await keepResult(values.out, result);
      say(sayDay(result));
    }
  } finally {
    worker.kill();
  }
}

function currentCommit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  return `${git("rev-parse", "--short=8", "HEAD")}${git("status", "--porcelain") === "" ? "" : "+"}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
