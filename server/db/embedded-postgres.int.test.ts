import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "#test/until.ts";

interface Host {
  child: ChildProcess;
  databaseUrl: string;
  lines: string[];
  exited: Promise<number | null>;
}

let folder: string;
let hosts: Host[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-embedded-"));
  await chmod(folder, 0o711);
});

afterEach(async () => {
  for (const { pid } of processesOf(folder)) process.kill(pid, "SIGKILL");
  await Promise.all(hosts.map((host) => host.exited));
  hosts = [];
  await eventually(() => processesOf(folder).length === 0);
  // Those that were just ended may still be writing their last.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

test("a restart keeps what was written, and an orderly end leaves no process", async () => {
  const first = await start();
  await run(first.databaseUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
  first.child.kill("SIGTERM");
  expect(await first.exited).toBe(0);
  expect(processesOf(folder)).toEqual([]);

  const second = await start();
  expect(await run(second.databaseUrl, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
});

test("Ctrl-C reaches the whole process group and leaves no process", async () => {
  const host = await start();
  process.kill(-(host.child.pid as number), "SIGINT");
  expect(await host.exited).toBe(0);
  expect(processesOf(folder)).toEqual([]);
});

test("kill -9 of everything loses no commit, and the next start works", async () => {
  const first = await start();
  await run(first.databaseUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
  for (const { pid } of processesOf(folder)) process.kill(pid, "SIGKILL");
  await first.exited;

  const second = await start();
  expect(await run(second.databaseUrl, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
});

test("kill -9 of everything but PostgreSQL: the next start ends that one first", async () => {
  const first = await start();
  await run(first.databaseUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
  const leftOver = await postmasterPid();
  for (const { pid, command } of processesOf(folder)) {
    if (!/bin\/postgres -D/.test(command) || /guardian/.test(command)) process.kill(pid, "SIGKILL");
  }
  await first.exited;
  // A process that PostgreSQL has just forked carries the first one's command line for a moment.
  await eventually(() => `${processesOf(folder).map(({ pid }) => pid)}` === `${leftOver}`);

  const second = await start();
  expect(await postmasterPid()).not.toBe(leftOver);
  expect(processesOf(folder).map(({ pid }) => pid)).not.toContain(leftOver);
  expect(await run(second.databaseUrl, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
});

test("kill -9 of Tidemark alone: PostgreSQL ends by itself", async () => {
  const host = await start();
  host.child.kill("SIGKILL");
  await host.exited;
  await eventually(() => processesOf(folder).length === 0);
});

test("a PostgreSQL that dies is started again at the same address", async () => {
  const host = await start();
  await run(host.databaseUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
  const dead = await postmasterPid();
  process.kill(dead, "SIGKILL");
  await eventually(async () => (await postmasterPid().catch(() => dead)) !== dead);
  await eventually(() =>
    run(host.databaseUrl, "SELECT answer FROM kept").then(
      ([row]) => row?.answer === 42,
      () => false,
    ),
  );
  expect(host.lines.join("\n")).toContain("exited unexpectedly; restarting it");
});

test("a second start in the same folder is refused with a sentence, and the first goes on", async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(
    `Tidemark is already running in ${folder} (process ${first.child.pid}). Stop it, or set TIDEMARK_DATA_DIR to another folder.`,
  );
  expect(await run(first.databaseUrl, "SELECT 1 AS alive")).toEqual([{ alive: 1 }]);
});

test("a lock whose process number went to another process is taken over", async () => {
  await writeFile(join(folder, "tidemark.lock"), `${process.pid} 1 another-boot\n`);
  await expect(start()).resolves.toBeDefined();
});

test("the password is random and its owner's alone; connections without it are refused", async () => {
  const { databaseUrl } = await start();
  const file = join(folder, "postgres-password");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const password = (await readFile(file, "utf8")).trim();
  expect(password.length).toBeGreaterThan(20);
  await expect(run(databaseUrl.replace(password, "guess"), "SELECT 1")).rejects.toThrow(
    /password authentication failed/,
  );
});

test.skipIf(process.platform !== "linux")(
  "a folder that is its owner's alone, such as /root, serves too",
  { meta: { needs: "Linux" } },
  async () => {
    await chmod(folder, 0o700);
    const host = await start();
    expect(await run(host.databaseUrl, "SELECT 1 AS alive")).toEqual([{ alive: 1 }]);
  },
);

async function start(): Promise<Host> {
  const program = join(import.meta.dirname, "../../test/fixtures/embedded-postgres-host.ts");
  const child = spawn(process.execPath, [program, folder], { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      if (line.startsWith("ready ")) resolve(line.slice("ready ".length));
    });
    child.once("close", () => reject(new Error(complaint.trim())));
  });
  const host: Host = { child, lines, exited, databaseUrl: "" };
  hosts.push(host);
  host.databaseUrl = await ready;
  return host;
}

/** Tidemark, the guardian and PostgreSQL's first process: whoever names the folder on its command line. */
function processesOf(path: string): { pid: number; command: string }[] {
  const listing = execFileSync("ps", ["-ww", "-eo", "pid=,stat=,args="], { encoding: "utf8" });
  return listing
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((match) => match?.[3]?.includes(path) && !match[2]?.startsWith("Z"))
    .map((match) => ({ pid: Number(match?.[1]), command: match?.[3] ?? "" }));
}

async function postmasterPid(): Promise<number> {
  return Number.parseInt(await readFile(join(folder, "postgres/postmaster.pid"), "utf8"), 10);
}

async function run(connectionString: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  return until("it comes about", async () => holds());
}
