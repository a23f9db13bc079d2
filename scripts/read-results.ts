import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Counts, FaultNote } from "./outcome.ts";

const errorLines = 12;
/** What takes longer is named, so that someone makes it shorter or moves it to test/long-tests.ts. */
const slowSeconds = 45;

interface VitestResults {
  testResults: {
    /** Absolute. */
    name: string;
    status: string;
    message: string;
    startTime: number;
    endTime: number;
    assertionResults: {
      ancestorTitles: string[];
      title: string;
      status: "passed" | "failed" | "skipped" | "pending" | "todo" | "disabled";
      failureMessages: string[];
      /** A skipped test states its requirement: `test.skipIf(…)(title, { meta: { needs } }, …)`. */
      meta: { needs?: string };
    }[];
  }[];
}

/** The output of Vitest's `json` reporter. Names are relative to `root`. */
export function readVitestResults(json: string, root: string): Counts {
  const { testResults } = JSON.parse(json) as VitestResults;
  const counts: Counts = { passed: 0, failed: 0, skipped: 0, notes: [] };
  for (const { name: path, status, message, startTime, endTime, assertionResults } of testResults) {
    const file = relative(root, path);
    const seconds = Math.round((endTime - startTime) / 1000);
    if (seconds >= slowSeconds) counts.notes.push({ kind: "slow", name: file, seconds });
    for (const { ancestorTitles, title, status: state, failureMessages, meta } of assertionResults) {
      const name = [file, ...ancestorTitles, title].filter(Boolean).join(" › ");
      if (state === "passed") counts.passed += 1;
      else if (state === "failed") add(counts, { kind: "failed", name, why: firstLines(failureMessages[0]) });
      else add(counts, { kind: "skipped", name, why: meta.needs ? `needs ${meta.needs}` : noReason });
    }
    // It could not be loaded, a setup or teardown failed, or it leaked a handle.
    if (status === "failed" && !assertionResults.some((test) => test.status === "failed"))
      add(counts, { kind: "failed", name: file, why: firstLines(message || "It failed outside of its tests.") });
  }
  return counts;
}

interface PlaywrightSuite {
  title: string;
  file: string;
  specs: { title: string; file: string; tests: PlaywrightTest[] }[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightTest {
  projectName: string;
  status: "skipped" | "expected" | "unexpected" | "flaky";
  annotations: { type: string; description?: string }[];
  results: { errors: { message: string }[] }[];
}

interface PlaywrightResults {
  config: { rootDir: string };
  suites: PlaywrightSuite[];
  errors: { message?: string }[];
}

/** The output of Playwright's `json` reporter. Names are relative to `root`. */
export function readPlaywrightResults(json: string, root: string): Counts {
  const { config, suites, errors } = JSON.parse(json) as PlaywrightResults;
  const counts: Counts = { passed: 0, failed: 0, skipped: 0, notes: [] };
  const walk = (suite: PlaywrightSuite, titles: string[]) => {
    // A file is a suite, named after itself.
    const path = suite.title === suite.file ? titles : [...titles, suite.title];
    for (const { title, file, tests } of suite.specs)
      for (const test of tests) {
        const at = [relative(root, join(config.rootDir, file)), ...path, title].join(" › ");
        readPlaywrightTest(counts, `${at}${test.projectName ? ` [${test.projectName}]` : ""}`, test);
      }
    for (const inner of suite.suites ?? []) walk(inner, path);
  };
  for (const suite of suites) walk(suite, []);
  for (const { message } of errors) add(counts, { kind: "failed", name: "Playwright", why: firstLines(message) });
  return counts;
}

function readPlaywrightTest(counts: Counts, name: string, { status, annotations, results }: PlaywrightTest): void {
  const errors = results.flatMap((result) => result.errors.slice(0, 1)).map(({ message }) => message);
  if (status === "unexpected") add(counts, { kind: "failed", name, why: firstLines(errors.at(-1)) });
  else if (status === "skipped") {
    const reason = annotations.find(({ type }) => type === "skip" || type === "fixme")?.description;
    add(counts, { kind: "skipped", name, why: reason ?? noReason });
  } else {
    counts.passed += 1;
    if (status === "flaky") counts.notes.push({ kind: "flaky", name, why: firstLines(errors[0]) });
  }
}

const noReason = "no reason given";

function add(counts: Counts, note: FaultNote & { kind: "failed" | "skipped" }): void {
  counts[note.kind] += 1;
  counts.notes.push(note);
}

/** An error's message and where in our own code it was thrown. */
function firstLines(message: string | undefined): string {
  const lines = stripVTControlCharacters(message ?? "No error was reported.")
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s*at .*(node_modules|node:internal)/.test(line));
  return lines.slice(0, errorLines).join("\n");
}
