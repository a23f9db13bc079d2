// npm run verify: everything that needs neither a database nor a browser.
import { addUp, type Outcome } from "./outcome.ts";
import { type Check, runCheck } from "./run-check.ts";
import { summarise } from "./summarise.ts";

const folders = ["app", "components", "domain", "server", "workers", "cli", "simulator", "packages"];
const foldersOfNouns = ["app", "components", "domain", "server", "workers", "cli"];

/** The types take as long as everything before the unit tests: two cores do both at once. */
const types: Check[] = [
  { title: "Page types", command: ["next", "typegen"], label: "types" },
  // TypeScript 7 checks in a third of the time. It has no API yet, which the programs below need 6 for.
  { title: "Types", command: ["node", "node_modules/typescript-7/bin/tsc", "--noEmit"], label: "types" },
];
const code: Check[] = [
  { title: "Format and lint", command: ["biome", "ci", "--error-on-warnings", "."], label: "code" },
  { title: "Boundaries", command: ["depcruise", "--config", ".dependency-cruiser.cjs", ...folders], label: "code" },
  {
    title: "Boundaries of folders",
    command: ["depcruise", "--config", ".dependency-cruiser.folders.cjs", ...foldersOfNouns],
    label: "code",
  },
  { title: "Dead code", command: ["knip"], label: "code" },
];
const unitTests: Check = {
  title: "Unit tests",
  command: ["vitest", "run", "--project", "unit"],
  runner: "vitest",
};

/** Runs all of them even if one fails, to show everything at once. */
export async function verify(): Promise<Outcome> {
  const [ofTypes, ofCode] = await Promise.all([inTurn(types), inTurn(code)]);
  return addUp([ofCode, ofTypes, await runCheck(unitTests)]);
}

async function inTurn(checks: readonly Check[]): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const check of checks) outcomes.push(await runCheck(check));
  return addUp(outcomes);
}

if (import.meta.main) {
  const outcome = await verify();
  process.stdout.write(`\n${summarise(outcome, performance.now())}\n`);
  process.exitCode = outcome.failed > 0 ? 1 : 0;
}
