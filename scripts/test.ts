// npm test: everything but what takes minutes by itself (test/long-tests.ts). The last line counts all of it: "412 passed, 0 failed".
import { buildWebApp } from "#workers/web/build.ts";
import { installChromium } from "./install-chromium.ts";
import { installDebianPrograms } from "./install-debian-programs.ts";
import { addUp, type Outcome, outcomeOfCheck } from "./outcome.ts";
import { runCheck } from "./run-check.ts";
import { summarise } from "./summarise.ts";
import { verify } from "./verify.ts";

// First, because it may take a minute and may need a person.
const chromium = await installChromium();
installDebianPrograms();
if (chromium.problem) process.stdout.write(`${chromium.problem}\n`);

const verified = await verify();
const built = await buildProduct();
// One after the other: each stage keeps two cores busy by itself, and side by side they starve each other.
const integration = await runCheck({
  title: "Integration tests",
  command: ["vitest", "run", "--project", "integration", "--project", "citus"],
  runner: "vitest",
});
const ofProduct = built.failed > 0 ? [] : [await productTests(), await browserTests()];

const total = addUp([verified, built, integration, ...ofProduct]);
process.stdout.write(`\n${summarise(total, performance.now())}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

function productTests(): Promise<Outcome> {
  return runCheck({
    title: "Tests of the whole product",
    command: ["vitest", "run", "--project", "product"],
    runner: "vitest",
  });
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
