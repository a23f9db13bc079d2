import { execFile, spawn, spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { commandEnv } from "#test/command-env.ts";
import { HourStory } from "#test/hour-story.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { testAdminToken } from "#test/test-api.ts";
import { until } from "#test/until.ts";

// packages/jvm, compiled for Java 17 without a library, against a real Tidemark. Beam's own classes cannot be downloaded where the tests
// run: packages/jvm/test/standin has the names that CountEvents uses.
const run = promisify(execFile);
const jvm = join(import.meta.dirname, "../../packages/jvm");
const hasJdk = spawnSync("javac", ["--version"]).status === 0;
if (!hasJdk) process.stderr.write("Skipped: the package for Java, for this machine has no JDK.\n");

// Its messages carry the real time, so the hour is one that just passed.
const now = new Date();
const past = addHours(hourOf(now), -2);
const hour = formatHour(past);
let folder: string;
let story: HourStory;
let served: ServedApi;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-jvm-"));
  story = await HourStory.begin({
    now: now.toISOString(),
    activeFrom: past.toISOString(),
    datacenters: ["east"],
    deadlineSeconds: 7200,
  });
  served = await serveApi(story.api.fetch);
});
afterEach(async () => {
  await served.stop();
  await story.end();
  await rm(folder, { recursive: true });
});

async function compile(...files: string[]): Promise<void> {
  await run("javac", ["--release", "17", "-Xlint:all", "-Werror", "-d", folder, ...files], { cwd: jvm });
}
const all = () => [
  "tidemark/beam/CountEvents.java",
  "test/CountFromThreads.java",
  ...globSync("test/standin/**/*.java", { cwd: jvm }),
];

function start(...args: string[]) {
  const env = commandEnv({ TIDEMARK_URL: served.url, TIDEMARK_TOKEN: testAdminToken });
  const child = spawn("java", ["-cp", folder, "CountFromThreads", ...args], { env });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { said, ended, kill: () => child.kill("SIGKILL") };
}

const committed = async () => {
  const { rows } = await story.test.database.sql.query<{ events: number | null }>(
    "SELECT sum(events)::int AS events FROM report",
  );
  return rows[0]?.events ?? null;
};

async function verdict() {
  await story.watermark("east", addHours(past, 1).toISOString());
  await story.judge();
  const { body } = await story.get(`/event-types/EndSong/hours/${hour}`);
  const { state, produced, delivered, lost, duplicated } = body;
  return { state, produced, delivered, lost, duplicated };
}

describe.skipIf(!hasJdk)("TidemarkCounts", { meta: { needs: "a JDK (javac)" } }, () => {
  test("is one file that compiles by itself", async () => {
    await compile("tidemark/TidemarkCounts.java");
  });

  test("what eight threads count, with bundles that fail and Tidemark away meanwhile, is the verdict", async () => {
    await compile("tidemark/TidemarkCounts.java", ...all());
    await served.stop();
    const counting = start("stream", "east", "produced", hour);
    await until("it was tried", async () => counting.said.err.includes("is unreachable"));
    await served.start();
    expect(await counting.ended).toBe(0);
    expect(await start("stream", "east", "delivered", hour).ended).toBe(0);
    const exact = { produced: 10_000, delivered: 10_000, lost: 0, duplicated: 0 };
    expect(await verdict()).toEqual({ state: "complete", ...exact });
    const { rows } = await story.test.database.sql.query("SELECT count(*)::int AS n FROM reporter_final");
    expect(rows).toEqual([{ n: 2 }]);
  });

  test("a batch killed half-way and repeated with the next epoch counts nothing twice", async () => {
    await compile("tidemark/TidemarkCounts.java", ...all());
    const first = start("batch", "east", hour, "1");
    await until("half of it is accepted", async () => first.said.out.includes("half"));
    first.kill();
    await first.ended;
    expect(await committed()).toBe(8_000);
    expect(await start("batch", "east", hour, "2").ended).toBe(0);
    expect(await start("stream", "east", "delivered", hour).ended).toBe(0);
    expect(await verdict()).toMatchObject({ state: "complete", produced: 10_000, delivered: 10_000 });
  });

  test("what cannot be reported is named, and everything else arrives", async () => {
    await compile("tidemark/TidemarkCounts.java", ...all());
    const faulty = start("faulty", "east");
    expect(await faulty.ended).toBe(0);
    const lines = faulty.said.out.trim().split("\n");
    expect(lines[0]).toBe("false false false");
    expect(lines.slice(1)).toEqual([
      expect.stringContaining("1 to 255 characters"),
      expect.stringContaining("control characters"),
      expect.stringContaining("more than 400 days ago"),
      expect.stringContaining("cannot be reported: "),
    ]);
    const { rows } = await story.test.database.sql.query(
      "SELECT t.name, r.events::int FROM report r JOIN event_type t ON t.id = r.event_type_id ORDER BY t.name",
    );
    expect(rows).toEqual([
      { name: 'Quote"\\Type', events: 3 },
      { name: "日本語", events: 3 },
    ]);
  });

  test("CountEvents counts the bundles that finished, once in each worker", async () => {
    await compile("tidemark/TidemarkCounts.java", ...all());
    const beam = start("beam", "east", hour);
    expect([await beam.ended, beam.said]).toEqual([0, { out: "800\n", err: "" }]);
    expect(await committed()).toBe(720);
    const { rows } = await story.test.database.sql.query("SELECT count(DISTINCT reporter_id)::int AS n FROM report");
    expect(rows).toEqual([{ n: 1 }]);
  });
});
