import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { childEnvironment } from "#server/config.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { freePort } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";

// One folder through the life of a product: first start, a death inside, a rival, its own death, a start after that.
const root = join(import.meta.dirname, "../..");
let parent: string;
let dataDir: string;
let port: number;
let first: Run;

interface Run {
  child: ChildProcess;
  output(): string;
  exited: Promise<number | null>;
}

const ownerLink = /"ownerLink":"([^"#]+)#([\w-]{43})"/;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "tidemark-supervisor-"));
  dataDir = join(parent, "data");
  port = await freePort();
  first = start();
  await ready(first);
});

afterAll(async () => {
  for (const { pid } of processesOf(dataDir)) process.kill(pid, "SIGKILL");
  await eventually(() => processesOf(dataDir).length === 0);
  await rm(parent, { recursive: true, force: true });
});

test("says where it is and who may come in, to its owner alone", async () => {
  for (const file of ["runtime.json", "admin-token", "postgres-password"]) {
    expect((await stat(join(dataDir, file))).mode & 0o777, file).toBe(0o600);
  }
  const runtime = await readRuntime(dataDir);
  expect(runtime).toMatchObject({ url: address(), pid: first.child.pid, adminTokenFile: join(dataDir, "admin-token") });
  const token = (await readFile(join(dataDir, "admin-token"), "utf8")).trim();
  const answer = await fetch(`${address()}/api/v1/status`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect(first.output()).not.toContain(token);
});

test("its pages are closed until the first owner signs in with the printed link, which works once", async () => {
  const page = await fetch(`${address()}/status`, { redirect: "manual" });
  expect([page.status, page.headers.get("location")]).toEqual([
    307,
    expect.stringMatching(/\/sign-in\?next=%2Fstatus$/),
  ]);
  const [, link, code] = ownerLink.exec(first.output()) ?? [];
  expect(link).toBe(`${address()}/sign-in/link`);
  const use = () =>
    fetch(`${address()}/api/v1/session/link`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code, name: "Olga Owner" }),
    });
  const signedIn = await use();
  expect([signedIn.status, await signedIn.json()]).toMatchObject([200, { person: { role: "admin" } }]);
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect((await fetch(`${address()}/status`, { headers: { cookie }, redirect: "manual" })).status).toBe(200);
  expect((await use()).status).toBe(409);
});

test("every process shows the drill's clock, which started once", async () => {
  const token = (await readFile(join(dataDir, "admin-token"), "utf8")).trim();
  const answer = await fetch(`${address()}/api/v1/status`, { headers: { authorization: `Bearer ${token}` } });
  const { now } = (await answer.json()) as { now: string };
  expect(now.slice(0, 7)).toBe("2001-02");
});

test("PostgreSQL and what starts it have no setting in their environment", async () => {
  const postgres = processesOf(dataDir).filter(({ args }) => args.includes(`-D ${join(dataDir, "postgres")}`));
  expect(postgres.length).toBeGreaterThan(1);
  for (const { pid } of postgres) {
    const environment = await readFile(`/proc/${pid}/environ`, "utf8");
    expect(environment).toContain("PATH=");
    expect(environment).not.toMatch(/TIDEMARK_|DATABASE_/);
  }
});

test("a second start in the folder is refused, and the first goes on", async () => {
  const rival = start();
  expect(await rival.exited).toBe(1);
  expect(rival.output()).toContain(
    `Tidemark is already running in ${dataDir} (process ${first.child.pid}). Stop it, or set TIDEMARK_DATA_DIR to another folder.`,
  );
  expect((await fetch(`${address()}/readyz`)).ok).toBe(true);
});

test("a taken port is said before anything is started", async () => {
  const other = start({ TIDEMARK_DATA_DIR: join(parent, "other") });
  expect(await other.exited).toBe(1);
  expect(other.output()).toContain(`Port ${port} is in use. Stop the process that uses it, or set PORT to another.`);
});

test("a setting that cannot be used stops the start with its name", async () => {
  const wrong = start({ TIDEMARK_DASHBOARD: "closed" });
  expect(await wrong.exited).toBe(1);
  expect(wrong.output().trim()).toBe('TIDEMARK_DASHBOARD is "closed": expected open or private.');
});

test("a misspelt setting stops the start with the one that was meant", async () => {
  const wrong = start({ TIDEMARK_RETENTION_FACT: "5d" });
  expect(await wrong.exited).toBe(1);
  expect(wrong.output().trim()).toBe(
    "TIDEMARK_RETENTION_FACT is not a setting. Did you mean TIDEMARK_RETENTION_FACTS?",
  );
});

test("a wrong password of the database is said before the pages are built", async () => {
  const url = new URL((await readRuntime(dataDir))?.databaseUrl ?? "");
  url.password = "hunter2";
  const wrong = start({
    DATABASE_URL: url.href,
    TIDEMARK_DATA_DIR: join(parent, "other"),
    PORT: String(await freePort()),
    // No build for this path exists.
    TIDEMARK_PUBLIC_URL: "http://tidemark.invalid/never-built",
  });
  expect(await wrong.exited).toBe(1);
  expect(wrong.output()).toContain(`${url.host} refuses the password of the user "${url.username}". Correct the user`);
  expect(wrong.output()).not.toMatch(/Building the web app|hunter2/);
});

test("runtime.json holds no secret, and still leads to the database", async () => {
  const password = (await readFile(join(dataDir, "postgres-password"), "utf8")).trim();
  const text = await readFile(join(dataDir, "runtime.json"), "utf8");
  expect(text).not.toContain(password);
  expect(text).not.toContain((await readFile(join(dataDir, "admin-token"), "utf8")).trim());
  expect(new URL((await readRuntime(dataDir))?.databaseUrl ?? "").password).toBe(password);
});

test("doctor checks the Tidemark that TIDEMARK_URL names, from a machine that has none of its settings", async () => {
  const token = (await readFile(join(dataDir, "admin-token"), "utf8")).trim();
  const settings = { TIDEMARK_URL: address(), TIDEMARK_TOKEN: token, TIDEMARK_DATA_DIR: join(parent, "nothing") };
  const doctor = start(settings, [process.execPath, join(root, "cli/main.ts"), "doctor"]);
  await doctor.exited;
  expect(doctor.output()).toContain(`API: ${address()} is ready, version `);
  expect(doctor.output()).toMatch(
    /Its settings: .*TIDEMARK_CLOCK=2001-02-01T00:00:00Z 10x.*TIDEMARK_ADMIN_TOKEN \(a secret\)|Its settings: .*TIDEMARK_ADMIN_TOKEN \(a secret\).*TIDEMARK_CLOCK=/,
  );
  expect(doctor.output()).not.toContain(token);
  expect(doctor.output()).not.toMatch(/Pub\/Sub:|Kafka:|Database:/);
});

test("an admin token that can be guessed stops the start where other machines could guess it", async () => {
  const weak = start({ TIDEMARK_ADMIN_TOKEN: "letmein", HOST: "0.0.0.0" });
  expect(await weak.exited).toBe(1);
  expect(weak.output()).toContain("TIDEMARK_ADMIN_TOKEN has 7 characters, which can be guessed. Make one with");
  expect(weak.output()).not.toContain("letmein");
});

test("the web process comes back after a kill", async () => {
  const web = execFileSync("ps", ["-ww", "-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .find(([, ppid, ...args]) => Number(ppid) === first.child.pid && args.join(" ").includes("workers/web/main.ts"));
  process.kill(Number(web?.[0]), "SIGKILL");
  await eventually(async () => !(await isReady()));
  await eventually(isReady);
});

test("kill -9 of the supervisor leaves nothing behind, and the next start works", async () => {
  const token = await readFile(join(dataDir, "admin-token"), "utf8");
  first.child.kill("SIGKILL");
  await first.exited;
  await eventually(() => processesOf(dataDir).length === 0);
  await eventually(async () => !(await isReady()));
  expect(await readRuntime(dataDir)).toBeNull();

  const second = start();
  await ready(second);
  expect(await readFile(join(dataDir, "admin-token"), "utf8")).toBe(token);
  // The first owner is there already.
  expect(second.output()).not.toMatch(ownerLink);
  process.kill(-(second.child.pid as number), "SIGINT");
  expect(await second.exited).toBe(0);
  expect(processesOf(dataDir)).toEqual([]);
  await expect(stat(join(dataDir, "runtime.json"))).rejects.toThrow();
  await expect(stat(join(dataDir, "tidemark.lock"))).rejects.toThrow();
});

test("who ends npm, however, ends the product", async () => {
  const third = start({}, ["npm", "start"]);
  await ready(third);
  third.child.kill("SIGKILL");
  await eventually(() => processesOf(dataDir).length === 0);
});

function start(settings: Record<string, string> = {}, command?: [string, ...string[]]): Run {
  const env = childEnvironment({
    PORT: String(port),
    TIDEMARK_DATA_DIR: dataDir,
    TIDEMARK_CLOCK: "2001-02-01T00:00:00Z 10x",
    TIDEMARK_ADMIN_TOKEN: null,
    DATABASE_URL: null,
    PUBSUB_PROJECT_ID: null,
    PUBSUB_EMULATOR_HOST: null,
    ...settings,
  });
  const [program, ...args] = command ?? [process.execPath, join(root, "workers/supervisor/main.ts")];
  const child = spawn(program, args, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, exited, output: () => output };
}

function address(): string {
  return `http://127.0.0.1:${port}`;
}

async function ready(run: Run): Promise<void> {
  const ended = once(run.child, "exit").then(() => Promise.reject(new Error(run.output())));
  // It may end long after it was ready.
  ended.catch(() => undefined);
  const isUp = async () => run.output().includes("Tidemark is ready") && (await isReady());
  await Promise.race([until("it is ready", isUp, 300), ended]);
}

async function isReady(): Promise<boolean> {
  return fetch(`${address()}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Whoever names the folder on its command line or in its environment, and whoever knows the password of its database: the whole product. */
function processesOf(path: string): { pid: number; args: string }[] {
  const password = join(path, "postgres-password");
  const marks = [path, ...(existsSync(password) ? [readFileSync(password, "utf8").trim()] : [])];
  return execFileSync("ps", ["-ww", "-eo", "pid=,stat=,args=", "e"], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((match) => marks.some((mark) => match?.[3]?.includes(mark)) && !match?.[2]?.startsWith("Z"))
    .map((match) => ({ pid: Number(match?.[1]), args: match?.[3] ?? "" }));
}

function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  return until("it comes about", async () => holds());
}
