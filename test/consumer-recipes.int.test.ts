import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { sendWebhook } from "#server/adapters/webhook.ts";
import { commandEnv } from "#test/command-env.ts";
import { anywhere } from "#test/egress.ts";
import { HourStory } from "#test/hour-story.ts";
import { type ServedApi, serveApi } from "#test/serve-api.ts";
import { testAdminToken } from "#test/test-api.ts";
import { until } from "#test/until.ts";

// The code in docs/consumers.md, taken from there and run against a real server. Recipes that begin from the present hour need
// the real time; the story's clock is set by it.
const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
const hourMs = 3_600_000;
// The scripts ask for the hour that ended last: it must be the same at the file's start and end, also on a busy machine.
const leftMs = hourMs - (Date.now() % hourMs);
if (leftMs < 90_000) await sleep(leftMs + 1_000);
const now = new Date();
const last = formatHour(addHours(hourOf(now), -1));
const open = formatHour(hourOf(now));
let story: HourStory;
let served: ServedApi;
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-recipes-"));
  for (const { name, code } of await readRecipes()) {
    await writeFile(join(folder, name), code);
    if (name.endsWith(".sh")) await chmod(join(folder, name), 0o755);
  }
  await cp(join(root, "test/fixtures/frameworks"), folder, { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "count-plays"), '#!/bin/sh\necho "counting $1"\n', { mode: 0o755 });
  await writeFile(join(folder, "dbt"), '#!/bin/sh\necho "dbt $*"\n', { mode: 0o755 });
  story = await HourStory.begin({
    now: now.toISOString(),
    activeFrom: addHours(hourOf(now), -2).toISOString(),
    deadlineSeconds: 7200,
  });
  await story.settle(last);
  await story.api.call("PUT", "/api/v1/event-types/EndSong/consumers/plays", { body: { contact: "#plays" } });
  served = await serveApi(story.api.fetch);
  env = commandEnv({
    PATH: `${folder}:${process.env.PATH}`,
    TIDEMARK_URL: served.url,
    TIDEMARK_TOKEN: testAdminToken,
    PYTHONDONTWRITEBYTECODE: "1",
    NODE_ENV: "test",
  });
});
afterAll(async () => {
  await served?.stop();
  await story?.end();
  await rm(folder, { recursive: true, force: true });
});

/** Every block of the page whose first lines say which file it is. */
async function readRecipes(): Promise<{ name: string; code: string }[]> {
  const page = await readFile(join(root, "docs/consumers.md"), "utf8");
  return [...page.matchAll(/```\w+\n([\s\S]*?)```/g)].flatMap(([, code = ""]) => {
    const name = /^(?:#!.*\n)?(?:#|\/\/) file: (\S+)$/m.exec(code)?.[1];
    return name === undefined ? [] : [{ name, code }];
  });
}

/** The exit code and all output; never rejects. */
async function exec(command: string, ...args: string[]): Promise<{ code: number; output: string }> {
  try {
    const { stdout, stderr } = await run(command, args, { cwd: folder, env, timeout: 150_000 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: `${stdout}${stderr}` };
  }
}

async function hasCommand(command: string, ...args: string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}

const hasPython = await hasCommand("python3", "--version");
// Only a JDK compiles.
const hasJava = await hasCommand("javac", "--version");
if (!hasPython) process.stderr.write("Skipped: the Python recipes, for this machine has no python3.\n");
if (!hasJava) process.stderr.write("Skipped: the Java recipe, for this machine has no JDK.\n");

test("the page's recipes are all here", async () => {
  expect((await readRecipes()).map(({ name }) => name)).toEqual([
    "wait-for-hour.sh",
    "count-last-hour.sh",
    "tidemark_gate.py",
    "plays_airflow.py",
    "royalties_airflow.py",
    "plays_luigi.py",
    "plays_dagster.py",
    "HourGate.java",
    "build-hour.sh",
    "receive-webhooks.mjs",
  ]);
});

describe("shell, cron and dbt", () => {
  test("a complete hour → 0, and it is remembered who read it", async () => {
    expect(await exec("./wait-for-hour.sh", "EndSong", last, "plays", "5")).toEqual({ code: 0, output: "" });
    const { body } = await story.get(`/event-types/EndSong/hours/${last}/consumers`);
    expect(body.items).toMatchObject([{ name: "plays", reading: { revision: expect.any(Number) } }]);
  });

  test("not in time → 3 with the reason; nothing to wait for → 1 with the reason", async () => {
    const late = await exec("./wait-for-hour.sh", "EndSong", open, "plays", "1");
    expect(late).toMatchObject({ code: 3, output: expect.stringContaining("has not ended") });
    const unknown = await exec("./wait-for-hour.sh", "Nope", last, "plays", "60");
    expect(unknown).toMatchObject({ code: 1, output: expect.stringContaining('Event type \\"Nope\\" does not exist') });
  });

  test("Tidemark away and back again → 0", async () => {
    await served.stop();
    const waiting = run("./wait-for-hour.sh", ["EndSong", last, "plays", "60"], { cwd: folder, env });
    // curl says that it is away.
    await once(waiting.child.stderr as Readable, "data");
    await served.start();
    await expect(waiting).resolves.toMatchObject({ stderr: expect.stringContaining("curl: ") });
  });

  test("cron's script counts the hour that ended last", async () => {
    expect(await exec("./count-last-hour.sh")).toEqual({ code: 0, output: `counting ${last}\n` });
  });

  test("dbt is given the hour once it is complete", async () => {
    const { code, output } = await exec("./build-hour.sh", last);
    expect([code, output]).toEqual([0, `dbt build --select plays --vars {hour: "${last}"}\n`]);
  });

  test("tidemark wait --consumer, as the page writes it", async () => {
    const cli = join(root, "cli/main.ts");
    const { code, output } = await exec(
      process.execPath,
      cli,
      "wait",
      "EndSong",
      last,
      "--consumer",
      "plays",
      "--timeout",
      "5s",
    );
    expect([code, output]).toEqual([0, expect.stringContaining(`EndSong ${last} is ready: complete`)]);
    expect((await exec(process.execPath, cli, "wait", "EndSong", last, "--consumer", "nobody")).code).toBe(1);
  });
});

describe.skipIf(!hasPython)("Python", { meta: { needs: "python3" } }, () => {
  const python = (script: string) => exec("python3", "-c", script);

  test.each(["tidemark_gate.py", "plays_airflow.py", "royalties_airflow.py", "plays_luigi.py", "plays_dagster.py"])(
    "%s compiles",
    async (file) => {
      expect(await python(`compile(open("${file}").read(), "${file}", "exec")`)).toEqual({ code: 0, output: "" });
    },
  );

  test("ask: a verdict, None, or an error for what waiting will not change", async () => {
    const script = `
from urllib.error import HTTPError
from tidemark_gate import ask
print(ask("EndSong", "${last}", "plays")["state"], ask("EndSong", "${open}", "plays"))
try:
    ask("No pe", "${last}", "plays")
except HTTPError as error:
    print(error.code)`;
    expect(await python(script)).toEqual({ code: 0, output: "complete None\n400\n" });
  });

  test("Luigi's task is complete when the hour is (Luigi's own names stood in for)", async () => {
    const script = `
from datetime import datetime
from plays_luigi import Plays
for hour in ("${last}", "${open}"):
    print(Plays(hour=datetime.strptime(hour, "%Y-%m-%dT%H")).requires().complete())`;
    expect(await python(script)).toEqual({ code: 0, output: "True\nFalse\n" });
  });

  test("Dagster's sensor asks for a run of each complete hour's revision (Dagster's own names stood in for)", async () => {
    const script = `
from plays_dagster import complete_hours
for request in complete_hours(None):
    print(request.run_key, request.partition_key)`;
    const { body } = await story.get(`/event-types/EndSong/hours/${last}`);
    const partition = last.replace("T", "-").concat(":00");
    expect(await python(script)).toEqual({ code: 0, output: `${last} revision ${body.revision} ${partition}\n` });
  });

  test("Airflow's endpoint is the gate's", async () => {
    const text = await readFile(join(folder, "royalties_airflow.py"), "utf8");
    const endpoint = /endpoint="([^"]+)"/.exec(text)?.[1];
    const url = `${served.url}/${endpoint}?eventTypes=EndSong&from=${last}&to=${open}&consumer=plays`;
    expect((await fetch(url, { headers: { authorization: `Bearer ${testAdminToken}` } })).status).toBe(200);
  });
});

describe.skipIf(!hasJava)("Java, for Scio and Beam", { meta: { needs: "a JDK (javac)" } }, () => {
  test("returns for a complete hour, throws for one that is not in time and for an unknown type", async () => {
    await run("javac", ["HourGate.java"], { cwd: folder });
    expect(await exec("java", "HourGate", "EndSong", last, "plays", "5")).toEqual({ code: 0, output: "" });
    const late = await exec("java", "HourGate", "EndSong", open, "plays", "1");
    expect(late).toMatchObject({ code: 1, output: expect.stringContaining("TimeoutException") });
    const unknown = await exec("java", "HourGate", "Nope", last, "plays", "60");
    expect(unknown).toMatchObject({ code: 1, output: expect.stringContaining("IllegalStateException") });
  });
});

describe("a receiver of webhooks", () => {
  let receiver: ChildProcess;
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  let said = "";

  beforeAll(() => {
    receiver = spawn(process.execPath, ["receive-webhooks.mjs"], {
      cwd: folder,
      env: { ...env, TIDEMARK_WEBHOOK_SECRET: secret, PORT: "18473" },
    });
    receiver.stdout?.on("data", (chunk) => {
      said += chunk;
    });
  });
  afterAll(() => void receiver.kill());

  test("takes a message once, however often it comes, and refuses a wrong signature", async () => {
    const body = JSON.stringify({ type: "hour.amended", data: { eventType: "EndSong", hour: last, ready: false } });
    const message = { url: "http://127.0.0.1:18473", id: "sub_1_x_1", body, egress: anywhere };
    await until("it listens", async () => (await sendWebhook({ ...message, secrets: [secret] })).outcome === "sent");
    expect((await sendWebhook({ ...message, secrets: [secret] })).outcome).toBe("sent");
    const forged = await sendWebhook({ ...message, secrets: [`whsec_${Buffer.alloc(32, 8).toString("base64")}`] });
    expect(forged).toMatchObject({ status: 401 });
    expect(said).toBe(`hour.amended EndSong ${last} do not read it\n`);
  });
});
