import { afterEach, beforeEach, expect, test } from "vitest";
import type { Log } from "#server/process/log.ts";
import { logConsole } from "./log-console.ts";

const { error, warn, info, log } = console;
const said: unknown[][] = [];
const note =
  (level: string) =>
  (...args: unknown[]) =>
    said.push([level, ...args]);

beforeEach(() => {
  said.length = 0;
  logConsole({ error: note("error"), warn: note("warn"), info: note("info") } as unknown as Log);
});
afterEach(() => Object.assign(console, { error, warn, info, log }));

test("a stack trace is one entry, without colours", () => {
  console.error(" \u001b[31m⨯\u001b[39m", new Error("no such page"));
  console.log("ready in %d ms", 12);
  expect(said).toEqual([
    ["error", expect.stringMatching(/^⨯ Error: no such page\n {4}at /)],
    ["info", "ready in 12 ms"],
  ]);
});

test("pages that an outage of the database broke are one warning", () => {
  const away = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
  console.error(" ⨯", away);
  console.error(" ⨯", away);
  expect(said).toEqual([["warn", { err: away }, "a page could not be made without the database"]]);
});
