import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Check {
  title: string;
  /** A program in node_modules/.bin and its arguments. */
  command: [program: string, ...args: string[]];
  /** A test runner counts its tests; anything else is one check. */
  runner?: "vitest" | "playwright";
}

const root = join(import.meta.dirname, "..");

/** Runs a check with its output shown. A runner that ends without results counts as one failure. */
export async function runCheck({ title, command, runner }: Check): Promise<Outcome> {
  process.stdout.write(`\n— ${title}\n`);
  const folder = await mkdtemp(join(tmpdir(), "tidemark-results-"));
  const results = join(folder, "results.json");
  const [program, ...args] = command;
  const code = await run(program, runner ? [...args, ...reportTo[runner](results)] : args, {
    PLAYWRIGHT_JSON_OUTPUT_NAME: results,
  });
  const counted = runner ? await readFile(results, "utf8").then(count[runner], () => null) : null;
  await rm(folder, { recursive: true });
  const failedAsAWhole = code !== 0 && (counted?.failed ?? 0) === 0 ? 1 : 0;
  if (counted) return { ...counted, failed: counted.failed + failedAsAWhole };
  return { passed: code === 0 && !runner ? 1 : 0, failed: code === 0 && !runner ? 0 : 1, skipped: 0 };
}

export function addUp(outcomes: Outcome[]): Outcome {
  return outcomes.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** Runs a program of node_modules/.bin on the repository's own Node; answers its exit code. */
function run(program: string, args: string[], env: Record<string, string>): Promise<number> {
  const bin = join(root, "node_modules/.bin");
  const child = spawn(join(bin, program), args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env, PATH: `${bin}${delimiter}${process.env.PATH}`, NEXT_TELEMETRY_DISABLED: "1" },
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve(127)).once("exit", (code) => resolve(code ?? 1));
  });
}

const reportTo = {
  vitest: (file: string) => ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
  playwright: () => ["--reporter=list,json"],
};

interface VitestResults {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

const count = {
  vitest(json: string): Outcome {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      json,
    ) as VitestResults;
    // A file that cannot even be loaded has no tests to fail.
    const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
    return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests };
  },
  playwright(json: string): Outcome {
    const { stats, errors } = JSON.parse(json) as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
      errors: unknown[];
    };
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
  },
};
