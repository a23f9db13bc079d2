// npm test: everything. The last line counts all of it: "412 passed, 0 failed".
import { buildWebApp } from "#workers/web/build.ts";
import { installAlertmanager } from "./install-alertmanager.ts";
import { installChromium } from "./install-chromium.ts";
import { addUp, type Outcome, runCheck } from "./run-check.ts";
import { summarise, verify } from "./verify.ts";

const outcomes: Outcome[] = [];
const oneFailure: Outcome = { passed: 0, failed: 1, skipped: 0 };

// First, for it may take a minute and may need a person.
const chromium = await installChromium();
installAlertmanager();
if (chromium.problem) process.stdout.write(`${chromium.problem}\n`);

outcomes.push(await verify());
outcomes.push(
  await runCheck({
    title: "Integration tests",
    command: ["vitest", "run", "--project", "integration"],
    runner: "vitest",
  }),
);
outcomes.push(await testsOfTheBuiltProduct());

const total = addUp(outcomes);
process.stdout.write(`\n${summarise(total)}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function testsOfTheBuiltProduct(): Promise<Outcome> {
  try {
    await buildWebApp({ say: (sentence) => process.stdout.write(`\n— ${sentence}\n`) });
  } catch (error) {
    process.stdout.write(`${(error as Error).message}\n`);
    return oneFailure;
  }
  const product = await runCheck({
    title: "Tests of the whole product",
    command: ["vitest", "run", "--project", "product"],
    runner: "vitest",
  });
  if (chromium.problem) {
    process.stdout.write(`\n${chromium.problem}\n`);
    return addUp([product, oneFailure]);
  }
  return addUp([
    product,
    await runCheck({ title: "Browser tests", command: ["playwright", "test"], runner: "playwright" }),
  ]);
}
