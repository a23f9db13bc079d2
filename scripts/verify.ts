// npm run verify: everything that needs neither a database nor a browser.
import { addUp, type Outcome } from "./outcome.ts";
import { type Check, runCheck } from "./run-check.ts";
import { summarise } from "./summarise.ts";

const folders = ["app", "components", "domain", "server", "workers", "cli", "simulator", "client"];

const checks: Check[] = [
  { title: "Format and lint", command: ["biome", "ci", "--error-on-warnings", "."] },
  { title: "Page types", command: ["next", "typegen"] },
  { title: "Types", command: ["tsc", "--noEmit"] },
  { title: "Boundaries", command: ["depcruise", "--config", ".dependency-cruiser.cjs", ...folders] },
  {
    title: "Boundaries of folders",
    command: [
      "depcruise",
      "--config",
      ".dependency-cruiser.folders.cjs",
      "app",
      "components",
      "server",
      "workers",
      "cli",
    ],
  },
  { title: "Dead code", command: ["knip"] },
  { title: "Unit tests", command: ["vitest", "run", "--project", "unit"], runner: "vitest" },
];

/** Runs all of them even if one fails, to show everything at once. */
export async function verify(): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const check of checks) outcomes.push(await runCheck(check));
  return addUp(outcomes);
}

if (import.meta.main) {
  const outcome = await verify();
  process.stdout.write(`\n${summarise(outcome)}\n`);
  process.exitCode = outcome.failed > 0 ? 1 : 0;
}
