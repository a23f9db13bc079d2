import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { commandEnv } from "#test/command-env.ts";
import { HourStory } from "#test/hour-story.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { testAdminToken } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import product from "../../package.json" with { type: "json" };

// The wheel of packages/airflow, built and installed into an empty environment without a network, against a real Tidemark. Airflow
// itself cannot be installed here: packages/airflow/tests/airflow_standin.py stands in for its base classes.
const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
// In this order: setuptools must come before pip.
const needed = "import setuptools, wheel, pip, ensurepip, venv";
const python = ["/usr/bin/python3", "python3"].find((each) => spawnSync(each, ["-c", needed]).status === 0);
const needs = "python3 with pip, setuptools, venv and wheel";
if (!python) process.stderr.write(`Skipped: the Airflow provider, for there is no ${needs}.\n`);

// The provider looks back from the real time.
const now = new Date();
const [first, second, third] = [-3, -2, -1].map((hours) => formatHour(addHours(hourOf(now), hours))) as [
  string,
  string,
  string,
];
let folder: string;
let story: HourStory;
let served: ServedApi;
const children: ChildProcess[] = [];

beforeAll(async () => {
  if (!python) return;
  folder = await mkdtemp(join(tmpdir(), "tidemark-airflow-"));
  await cp(join(root, "packages/airflow"), join(folder, "source"), { recursive: true });
  const pip = ["-m", "pip", "--disable-pip-version-check"];
  await run(python, [
    ...pip,
    "wheel",
    "--no-index",
    "--no-build-isolation",
    "--no-deps",
    "-w",
    folder,
    join(folder, "source"),
  ]);
  await run(python, ["-m", "venv", join(folder, "venv")]);
  const [wheel = ""] = (await readdir(folder)).filter((file) => file.endsWith(".whl"));
  // Airflow is what it depends on, and cannot be had.
  await run(join(folder, "venv/bin/python"), [...pip, "install", "--no-index", "--no-deps", join(folder, wheel)]);
  story = await HourStory.begin({ now: now.toISOString(), activeFrom: `${first}:00:00Z`, deadlineSeconds: 7200 });
  await story.settle(first);
  await story.settle(second);
  const consumer = { body: { contact: "#plays" } };
  await story.api.call("PUT", "/api/v1/event-types/EndSong/consumers/plays", consumer);
  await story.api.call("PUT", "/api/v1/event-types/EndSong/consumers/watcher", consumer);
  served = await serveApi(story.api.fetch);
});
afterAll(async () => {
  for (const child of children) child.kill();
  await served?.stop();
  await story?.end();
  if (folder) await rm(folder, { recursive: true });
});

interface Said {
  returned?: unknown;
  raised?: string;
  message?: string;
  extras?: Record<string, unknown>;
  event?: unknown;
  tested?: [boolean, string];
}

function start(version: string, name: string, given: object, connection: object = {}) {
  const host = { host: served.url, password: testAdminToken, ...connection };
  const PYTHONPATH = join(root, "packages/airflow/tests");
  const env = commandEnv({
    PYTHONPATH,
    PYTHONDONTWRITEBYTECODE: "1",
    AIRFLOW_CONN_TIDEMARK_DEFAULT: JSON.stringify(host),
  });
  const script = join(PYTHONPATH, "run.py");
  // Not in the repository's folder, where the source would be found instead of the wheel.
  const child = spawn(join(folder, "venv/bin/python"), [script, version, name, JSON.stringify(given)], {
    cwd: folder,
    env,
  });
  children.push(child);
  const said: Said[] = [];
  let remarks = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    for (const line of text.trim().split("\n")) said.push(JSON.parse(line));
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    remarks += text;
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    said,
    remarks: () => remarks,
    async end(): Promise<Said> {
      await ended;
      if (said.length !== 1) throw new Error(remarks);
      return said[0] as Said;
    },
    kill: () => child.kill(),
  };
}

const ask = (version: string, name: string, given: object, connection?: object) =>
  start(version, name, given, connection).end();

test.skipIf(!python)("Airflow finds the provider and its connection type", { meta: { needs } }, async () => {
  const script = `
from importlib.metadata import entry_points, version
from json import dumps
found = entry_points()
group = found.select(group="apache_airflow_provider") if hasattr(found, "select") else found["apache_airflow_provider"]
info = next(iter(group)).load()()
print(dumps([version("tidemark-airflow"), info["versions"], info["connection-types"]]))`;
  const { stdout } = await run(join(folder, "venv/bin/python"), ["-c", script], { cwd: folder });
  const types = [{ "connection-type": "tidemark", "hook-class-name": "tidemark_airflow.hook.TidemarkHook" }];
  expect(JSON.parse(stdout)).toEqual([product.version, [product.version], types]);
});

describe.skipIf(!python).each(["2", "3"])("with Airflow %s's names", { meta: { needs } }, (version) => {
  test("an hour, a range and a day that are complete, in a worker and deferred", async () => {
    const hour = { event_type: "EndSong", hour: second, consumer: "plays" };
    for (const deferrable of [false, true])
      expect(await ask(version, "TidemarkHourSensor", { ...hour, deferrable })).toMatchObject({
        returned: { eventType: "EndSong", hour: second, state: "complete" },
      });
    const range = { event_types: ["EndSong"], start: first, end: third };
    expect(await ask(version, "TidemarkRangeSensor", range)).toMatchObject({ returned: { readyHours: 2 } });
    const day = { event_types: "EndSong", day: formatHour(addHours(now, -72)).slice(0, 10), zone: "Europe/Stockholm" };
    expect(await ask(version, "TidemarkDaySensor", day)).toMatchObject({ raised: "AirflowFailException" });
    const { body } = await story.get(`/event-types/EndSong/hours/${second}/consumers`);
    expect(body.items.find(({ name }: { name: string }) => name === "plays").reading).not.toBeNull();
  });

  test("what waiting will not change fails at once with a sentence, in a worker and in the triggerer", async () => {
    const sensor = { event_type: "EndSong", hour: second, timeout: 60 };
    const failed = async (given: object, connection?: object) => {
      const { raised, message } = await ask(version, "TidemarkHourSensor", { ...sensor, ...given }, connection);
      return [raised, message];
    };
    expect(await failed({ event_type: "Nope/,&" })).toEqual([
      "AirflowFailException",
      expect.stringContaining("does not exist"),
    ]);
    expect(await failed({}, { password: "tm_wrong" })).toEqual([
      "AirflowFailException",
      expect.stringMatching(/expired or revoked.* Set the connection's password to a token/),
    ]);
    expect(await failed({}, { password: null })).toEqual([
      "AirflowFailException",
      expect.stringContaining("has no password"),
    ]);
    expect(await failed({}, { host: "ftp://x" })).toEqual([
      "AirflowFailException",
      expect.stringContaining("http or https URL"),
    ]);
    expect(await failed({}, { host: `${served.url}/elsewhere` })).toEqual([
      "AirflowFailException",
      expect.stringContaining("/elsewhere/api/v1"),
    ]);
  });

  test("an hour that is not complete in time → the sensor's own timeout", async () => {
    const sensor = { event_type: "EndSong", hour: third, timeout: 1, poke_interval: 1 };
    expect(await ask(version, "TidemarkHourSensor", sensor)).toMatchObject({ raised: "AirflowSensorTimeout" });
    expect(await ask(version, "TidemarkHourSensor", { ...sensor, deferrable: true })).toMatchObject({
      raised: "TimeoutError",
    });
  });

  test("the connection form's test says whether the token is accepted", async () => {
    expect((await ask(version, "TidemarkHook", {})).tested).toEqual([
      true,
      expect.stringContaining("accepts the token"),
    ]);
    expect((await ask(version, "TidemarkHook", {}, { password: "tm_wrong" })).tested?.[0]).toBe(false);
  });

  test("a short task emits what was completed since its last run, once, and is skipped otherwise", async () => {
    await story.api.call("PUT", `/api/v1/event-types/EndSong/consumers/task-${version}`, { body: { contact: "#a" } });
    const given = { event_type: "EndSong", consumer: `task-${version}`, hours: 500, outlets: ["tidemark://EndSong"] };
    const { returned, extras } = await ask(version, "TidemarkChangesOperator", given);
    expect(returned).toMatchObject([
      { type: "hour.complete", hour: first, ready: true, previousRevision: null },
      { type: "hour.complete", hour: second, ready: true, previousRevision: null },
    ]);
    expect(extras).toEqual({ "tidemark://EndSong": { changes: returned } });
    expect(await ask(version, "TidemarkChangesOperator", given)).toMatchObject({ raised: "AirflowSkipException" });
    const strange = await ask(version, "TidemarkChangesOperator", { ...given, consumer: "stranger" });
    expect(strange).toMatchObject({
      raised: "AirflowFailException",
      message: expect.stringContaining("Register it"),
    });
  });
});

describe.skipIf(!python)("the triggerer", { meta: { needs } }, () => {
  test("an answer that asks for patience is obeyed, and 503 and a dead server are asked again, not in a loop", async () => {
    const times: number[] = [];
    const answers: [number, Record<string, string>][] = [
      [404, { "retry-after": "2" }],
      [503, { "retry-after": "2" }],
      [502, {}],
      [429, { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }],
    ];
    const server: Server = createServer((_, response) => {
      const [status, headers] = answers[times.length] ?? [200, {}];
      times.push(performance.now());
      response
        .writeHead(status, headers)
        .end(status === 502 ? "<html>" : JSON.stringify({ detail: `Answer ${times.length}.` }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const sensor = { event_type: "EndSong", hour: second, deferrable: true, poke_interval: 1, timeout: 120 };
    const { returned } = await ask("3", "TidemarkHourSensor", sensor, { host });
    server.close();
    expect(returned).toEqual({ detail: "Answer 5." });
    // The first request is the worker's; the triggerer asks at once, then waits as long as it is asked to.
    const pauses = times.slice(1).map((time, index) => time - (times[index] as number));
    expect(pauses).toHaveLength(4);
    expect(pauses[1]).toBeGreaterThanOrEqual(2_000);
    expect(pauses[2]).toBeGreaterThanOrEqual(500);
    expect(pauses[3]).toBeGreaterThanOrEqual(1_000);
  });

  test("waits through an outage until the hour is complete", async () => {
    const sensor = { event_type: "EndSong", hour: third, deferrable: true, poke_interval: 1, timeout: 170 };
    const waiting = start("3", "TidemarkHourSensor", sensor);
    await until("it waits", async () => waiting.remarks() !== "");
    await served.stop();
    await until("it noticed", async () => waiting.remarks().includes("is unreachable"));
    await story.settle(third);
    await served.start();
    expect(await waiting.end()).toMatchObject({ returned: { hour: third, state: "complete" } });
  });

  test("a watcher emits each completed hour once, an amendment again, and goes on where it was killed", async () => {
    const given = { event_type: "EndSong", consumer: "watcher", hours: 500, poll_interval: 1 };
    const watcher = start("3", "TidemarkHoursTrigger", given);
    await until("three are emitted", async () => watcher.said.length === 3);
    expect(watcher.said.map(({ event }) => event)).toMatchObject(
      [first, second, third].map((hour) => ({ type: "hour.complete", hour, ready: true })),
    );
    const read = async () => (await story.get(`/event-types/EndSong/hours/${third}/consumers`)).body.items;
    await until("the last is acknowledged", async () =>
      (await read()).some(
        ({ name, reading }: { name: string; reading: unknown }) => name === "watcher" && reading !== null,
      ),
    );
    watcher.kill();

    await story.count({ dc: "east", stage: "produced", hour: second, events: 2_000 });
    await story.judge();
    const next = start("3", "TidemarkHoursTrigger", given);
    await until("the amendment is emitted", async () => next.said.length > 0);
    next.kill();
    expect(next.said).toMatchObject([
      {
        event: {
          type: "hour.amended",
          hour: second,
          ready: false,
          previousRevision: expect.any(Number),
        },
      },
    ]);
  });
});
