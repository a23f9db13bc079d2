import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StatusJson } from "#domain/api/board.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { until } from "#test/until.ts";

const main = join(import.meta.dirname, "main.ts");
const now = "2026-11-22T13:42:10.000Z";

// What the process needs to get as far as its live part; what it says is held against the product in run.int.test.ts.
const status: StatusJson = {
  now,
  dirtyHours: 0,
  lastIngestAt: null,
  telemetryAgeSeconds: null,
  version: "test",
  clock: { speed: 1, drill: false },
  ingest: { messages: 0, rejected: 0, unstored: 0, pubsub: false, intakes: [] },
  rejudging: null,
  metricExport: null,
  behind: [],
};

let served: ServedApi;
beforeAll(async () => {
  served = await serveApi(async (request) => {
    await request.arrayBuffer();
    if (request.url.endsWith("/event-types/EndSong")) return new Response("{}", { status: 404 });
    return Response.json(status);
  });
});
afterAll(() => served.stop());

const live = () => ["--url", served.url, "--token", "tm_x", "--history-days", "0", "--types", "2", "--live"];

describe("the process", () => {
  test.each([
    ["SIGTERM", (child: ChildProcess) => void child.kill("SIGTERM")],
    ["SIGINT", (child: ChildProcess) => void child.kill("SIGINT")],
    ["the end of its stdin, which its parent held", (child: ChildProcess) => void child.stdin?.end()],
    ["the end of its IPC channel", (child: ChildProcess) => child.disconnect()],
  ])("reports live until %s, and ends cleanly", async (_, end) => {
    const child = spawn(process.execPath, [main, ...live()], { stdio: ["pipe", "pipe", "pipe", "ipc"] });
    let output = "";
    child.stdout?.on("data", (text) => (output += text));
    child.stderr?.on("data", (text) => (output += text));
    const exited = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
    await until("it reports live", async () => output.includes("Reporting live") || output);
    end(child);
    expect(await exited).toBe(0);
    expect(output.trim().split("\n")).toEqual([
      expect.stringMatching(/^simulator: 0 days of history: /),
      "simulator: Reporting live every 10 s. Ctrl-C ends it.",
    ]);
  });

  test("without --live it ends by itself, whatever its stdin is", async () => {
    const child = spawn(process.execPath, [main, ...live().slice(0, -1)], { stdio: ["pipe", "ignore", "inherit"] });
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
  });

  test("a wrong option is reported with the usage, and 2", () => {
    const { status: code, stderr } = spawnSync(process.execPath, [
      main,
      "--url",
      served.url,
      "--seed",
      "x",
      "--token",
      "t",
    ]);
    expect(code).toBe(2);
    expect(stderr.toString()).toMatch(/^--seed must be a whole number from 0 to 2147483647, not "x"\n\nUsage: /);
  });
});
