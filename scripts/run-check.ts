import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { type Counts, type Outcome, outcomeOf, outcomeOfCheck } from "./outcome.ts";
import { readPlaywrightResults, readVitestResults } from "./read-results.ts";

export interface Check {
  title: string;
  /** A program in node_modules/.bin and its arguments. */
  command: [program: string, ...args: string[]];
  /** A test runner counts its tests; anything else is one check. */
  runner?: "vitest" | "playwright";
  /** Precedes each line of its output: several checks run side by side. */
  label?: string;
}

interface Exit {
  /** Null: it exited with 0. */
  problem: string | null;
  /** The end of its output. Empty if it went to a terminal, which keeps it. */
  lastLines: string;
}

const root = join(import.meta.dirname, "..");
const keptLines = 25;

/** Where a check's output is shown. */
interface Out {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Runs a check and shows its output. A runner that ends without results counts as one failure. */
export async function runCheck({ title, command, runner, label }: Check, out: Out = process.stdout): Promise<Outcome> {
  out.write(`\n— ${title}\n`);
  const startedMs = performance.now();
  const folder = await mkdtemp(join(tmpdir(), "tidemark-results-"));
  const results = join(folder, "results.json");
  const [program, ...args] = command;
  const exit = await run(program, runner ? [...args, ...reportTo[runner](results)] : args, {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: results },
    label,
    out,
  });
  const json = runner ? await readFile(results, "utf8").catch(() => null) : null;
  await rm(folder, { recursive: true });
  const durationMs = performance.now() - startedMs;
  const problem = exit.problem && [exit.problem, exit.lastLines].filter(Boolean).join("\n");
  if (!runner) return outcomeOfCheck(title, durationMs, problem);
  if (json === null) return outcomeOfCheck(title, durationMs, problem ?? "It ended without results.");
  return outcomeOf(title, durationMs, withFailureAsAWhole(title, read[runner](json, root), problem));
}

/** A runner may fail while every test passes: because of an error outside tests, or because none ran. */
function withFailureAsAWhole(title: string, counts: Counts, problem: string | null): Counts {
  if (problem === null || counts.failed > 0) return counts;
  return { ...counts, failed: 1, notes: [...counts.notes, { kind: "failed", name: title, why: problem }] };
}

/** Runs a program of node_modules/.bin on the repository's own Node. */
async function run(
  program: string,
  args: string[],
  { env, label, out }: { env: Record<string, string>; label: string | undefined; out: Out },
): Promise<Exit> {
  const bin = join(root, "node_modules/.bin");
  const child = spawn(join(bin, program), args, {
    cwd: root,
    stdio: out.isTTY && label === undefined ? "inherit" : ["inherit", "pipe", "pipe"],
    env: { ...process.env, ...env, PATH: `${bin}${delimiter}${process.env.PATH}`, NEXT_TELEMETRY_DISABLED: "1" },
  });
  let end = "";
  const prefix = label === undefined ? "" : `${label} │ `;
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    // Whole lines, so that those of checks side by side stay apart.
    createInterface({ input: stream }).on("line", (line) => {
      out.write(`${prefix}${line}\n`);
      end = `${end}${line}\n`.slice(-50_000);
    });
  }
  const closed = once(child, "close").catch(() => undefined);
  const problem = await new Promise<string | null>((resolve) => {
    child.once("error", (error) => resolve(`It could not be started: ${error.message}`));
    child.once("exit", (code, signal) =>
      resolve(code === 0 ? null : signal ? `It was ended by ${signal}.` : `It exited with ${code}.`),
    );
  });
  // A leftover child process may keep its output open for good.
  await Promise.race([closed, sleep(2_000, undefined, { ref: false })]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  return { problem, lastLines: lastLinesOf(end) };
}

function lastLinesOf(text: string): string {
  const lines = stripVTControlCharacters(text).split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .slice(-keptLines)
    .join("\n");
}

const reportTo = {
  vitest: (file: string) => ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
  playwright: () => ["--reporter=list,json"],
};

const read = { vitest: readVitestResults, playwright: readPlaywrightResults };
