import { describe, expect, test } from "vitest";
import { addUp, type FaultNote, outcomeOf, outcomeOfCheck } from "./outcome.ts";
import { type Check, runCheck } from "./run-check.ts";
import { summarise } from "./summarise.ts";

const fixtures = "test/fixtures/results";
const timeout = 120_000;

/** Runs it with its output kept, not shown: it is full of failures. */
async function runQuietly(check: Check) {
  let shown = "";
  const write = (text: string) => {
    shown += text;
  };
  const outcome = await runCheck(check, { write });
  const named = (kind: FaultNote["kind"]) =>
    Object.fromEntries(
      outcome.notes.filter((note): note is FaultNote => note.kind === kind).map(({ name, why }) => [name, why]),
    );
  return { ...outcome, shown, failures: named("failed"), flaky: named("flaky"), skips: named("skipped") };
}

function vitest(...files: string[]): Promise<Awaited<ReturnType<typeof runQuietly>>> {
  const command: Check["command"] = ["vitest", "run", "--config", `${fixtures}/vitest.config.ts`, ...files];
  return runQuietly({ title: "Some tests", command, runner: "vitest" });
}

describe("Vitest", () => {
  test("each failed and each skipped test is named, with its error or its reason", { timeout }, async () => {
    const { passed, failed, skipped, failures, skips, stages, shown } = await vitest(
      "mixed",
      "after-all",
      "unloadable",
    );
    expect({ passed, failed, skipped }).toEqual({ passed: 2, failed: 4, skipped: 2 });
    expect(failures).toEqual({
      [`${fixtures}/mixed.vitest.ts › an hour › is counted wrong`]: expect.stringMatching(
        /^AssertionError: expected \{ lost: 1 \} to deeply equal \{ lost: \+?0 \}\n.*mixed\.vitest\.ts:7/,
      ),
      [`${fixtures}/mixed.vitest.ts › an hour › waits`]: expect.stringContaining("The judge did not answer"),
      [`${fixtures}/after-all.vitest.ts`]: expect.stringContaining("The test left connections open: psql"),
      [`${fixtures}/unloadable.vitest.ts`]: expect.stringContaining("This file cannot be loaded"),
    });
    expect(skips).toEqual({
      [`${fixtures}/mixed.vitest.ts › Java › compiles`]: "needs javac on the PATH",
      [`${fixtures}/mixed.vitest.ts › is skipped and says nothing`]: "no reason given",
    });
    expect(stages).toEqual([{ title: "Some tests", passed: 2, failed: 4, skipped: 2, durationMs: expect.any(Number) }]);
    expect(shown).toContain("is counted wrong");
  });

  test("an error that is no test's is one failure, with the end of the output", { timeout }, async () => {
    const { passed, failed, failures } = await vitest("unhandled");
    expect({ passed, failed }).toEqual({ passed: 1, failed: 1 });
    expect(failures).toEqual({ "Some tests": expect.stringContaining("No one waited for this") });
  });

  test("a run that finds nothing is a failure", { timeout }, async () => {
    const { passed, failed } = await vitest("no-such-file");
    expect({ passed, failed }).toEqual({ passed: 0, failed: 1 });
  });
});

test("Playwright: failed, flaky and skipped tests are named, with their project", { timeout }, async () => {
  const command: Check["command"] = ["playwright", "test", "--config", `${fixtures}/playwright.config.ts`];
  const { passed, failed, skipped, failures, flaky, skips } = await runQuietly({
    title: "Browser tests",
    command,
    runner: "playwright",
  });
  expect({ passed, failed, skipped }).toEqual({ passed: 2, failed: 1, skipped: 1 });
  const file = `${fixtures}/mixed.playwright.ts`;
  expect(failures).toEqual({
    [`${file} › a page › says the wrong thing [phone]`]: expect.stringMatching(
      /^Error: the heading\nexpect\(received\)(.|\n)*"Complete"/,
    ),
  });
  expect(flaky).toEqual({
    [`${file} › a page › passes when it is tried again [phone]`]: expect.stringContaining("attempts before this one"),
  });
  expect(skips).toEqual({ [`${file} › is skipped [phone]`]: "This machine has no Pub/Sub emulator" });
});

test("of checks side by side each line says whose it is, and the end of the output is kept without that", {
  timeout,
}, async () => {
  const command: Check["command"] = ["tsc", "--no-such-option"];
  const { shown, failures } = await runQuietly({ title: "Types", command, label: "types" });
  expect(shown).toContain("\ntypes │ error TS5023: Unknown compiler option '--no-such-option'");
  expect(failures.Types).toMatch(/\nerror TS5023/);
});

test("a check that is no runner's is named with the end of its output", { timeout }, async () => {
  const { passed, failed, failures } = await runQuietly({ title: "Types", command: ["tsc", "--no-such-option"] });
  expect({ passed, failed }).toEqual({ passed: 0, failed: 1 });
  expect(failures.Types).toMatch(/^It exited with 1\.\nerror TS5023: Unknown compiler option '--no-such-option'/);
});

test("the summary ends with what failed, and its last line counts everything", () => {
  const outcome = addUp([
    outcomeOfCheck("Types", 29_400, null),
    outcomeOf("Browser tests", 636_000, {
      passed: 187,
      failed: 1,
      skipped: 1,
      notes: [
        { kind: "failed", name: "e2e/a.spec.ts › late [phone]", why: "Error: expected 1\nreceived 2" },
        { kind: "flaky", name: "e2e/b.spec.ts › board [desktop]", why: "Timeout" },
        { kind: "skipped", name: "e2e/c.spec.ts › resent", why: "no emulator" },
        { kind: "slow", name: "server/a.int.test.ts", seconds: 48 },
        { kind: "slow", name: "server/b.int.test.ts", seconds: 161 },
      ],
    }),
  ]);
  expect(summarise(outcome, 640_000)).toBe(`Stages
  Types                29 s  1 passed, 0 failed
  Browser tests  10 min 36 s  187 passed, 1 failed, 1 skipped
  All stages     10 min 40 s  188 passed, 1 failed, 1 skipped

Slow
  2 min 41 s  server/b.int.test.ts
        48 s  server/a.int.test.ts

Skipped (1)
  e2e/c.spec.ts › resent
      no emulator

Flaky: failed, then passed when it was tried again (1)
  e2e/b.spec.ts › board [desktop]
      Timeout

Failed (1)
  e2e/a.spec.ts › late [phone]
      Error: expected 1
      received 2

188 passed, 1 failed, 1 skipped`);
});

test("when everything passed there is nothing but the stages and the count", () => {
  expect(summarise(outcomeOfCheck("Types", 400, null), 400).split("\n\n")).toEqual([
    expect.stringMatching(/^Stages\n/),
    "1 passed, 0 failed",
  ]);
});
