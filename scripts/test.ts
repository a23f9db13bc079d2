// npm test: everything. The last line counts all of it: "412 passed, 0 failed".
import { buildWebApp } from "#workers/web/build.ts";
import { installAlertmanager } from "./install-alertmanager.ts";
import { installChromium } from "./install-chromium.ts";
import { addUp, type Outcome, outcomeOfCheck } from "./outcome.ts";
import { runCheck } from "./run-check.ts";
import { summarise } from "./summarise.ts";
import { verify } from "./verify.ts";

const outcomes: Outcome[] = [];

// First, because it may take a minute and may need a person.
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
  const build = await buildProduct();
  if (build.failed > 0) return build;
  const product = await runCheck({
    title: "Tests of the whole product",
    command: ["vitest", "run", "--project", "product", "--project", "lived"],
    runner: "vitest",
  });
  return addUp([build, product, await browserTests()]);
}

async function buildProduct(): Promise<Outcome> {
  const startedMs = performance.now();
  const say = (sentence: string) => process.stdout.write(`\n— ${sentence}\n`);
  const problem = await buildWebApp({ say }).then(
    () => null,
    (error: Error) => error.message,
  );
  if (problem !== null) process.stdout.write(`${problem}\n`);
  return outcomeOfCheck("Build of the web app", performance.now() - startedMs, problem);
}

async function browserTests(): Promise<Outcome> {
  const title = "Browser tests";
  if (chromium.problem) return outcomeOfCheck(title, 0, chromium.problem);
  return runCheck({ title, command: ["playwright", "test"], runner: "playwright" });
}
