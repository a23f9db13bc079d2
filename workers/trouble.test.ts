import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Log } from "#server/process/log.ts";
import { Trouble } from "./trouble.ts";

let said: string[];
let log: Log;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  said = [];
  const note = (...parts: unknown[]) => void said.push(String(parts.at(-1)));
  log = { error: note, info: note } as unknown as Log;
});
afterEach(() => void vi.useRealTimers());

const refused = () => Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
const terminated = () => new Error("Connection terminated unexpectedly");

test("an outage of the database is one for all loops: said at first, each minute, and when the last works again", () => {
  const [judging, creating] = [new Trouble(log, "Judging"), new Trouble(log, "Creating hours")];
  for (let second = 0; second < 120; second += 1) {
    judging.failed(second % 2 === 0 ? refused() : terminated());
    creating.failed(refused());
    vi.advanceTimersByTime(1_000);
  }
  expect(said).toEqual([
    "The database is unusable; retrying each second.",
    "The database has been unusable for 60 s (121 failures); retrying each second.",
  ]);
  judging.passed();
  creating.failed(refused());
  judging.passed();
  expect(said).toHaveLength(3);
  creating.passed();
  judging.passed();
  expect(said.slice(3)).toEqual(["The database is usable again after 120 s (241 failures)."]);
});

test("what fails by itself is said by its loop, and reasons that alternate are said once a minute each", () => {
  const judging = new Trouble(log, "Judging");
  for (let second = 0; second < 60; second += 1) {
    judging.failed(new Error(second % 2 === 0 ? "one" : "two"), "retrying in 1 s");
    vi.advanceTimersByTime(1_000);
  }
  expect(said).toEqual(["Judging failed; retrying in 1 s.", "Judging failed (2 times in 1 s); retrying in 1 s."]);
  judging.failed(new Error("one"), "retrying in 1 s");
  expect(said).toHaveLength(3);
  judging.passed();
  expect(said.at(-1)).toBe("Judging works again after 60 s (61 failures).");
});

test("a reason that is another one each time is said five times a minute", () => {
  const judging = new Trouble(log, "Judging");
  for (let count = 0; count < 50; count += 1) judging.failed(new Error(`reason ${count}`));
  expect(said).toHaveLength(5);
});
