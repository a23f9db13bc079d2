import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childEnvironment } from "#server/config.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { until } from "#test/until.ts";

const root = join(import.meta.dirname, "../..");

type Worker = "ingest" | "evaluate" | "alert" | "maintain" | "web";

export interface Product {
  url: string;
  token: string;
  /** Its TIDEMARK_DATA_DIR. */
  dataFolder: string;
  /** The end of what it wrote to stdout and stderr. */
  output(): string;
  /** GET of an API path below /api/v1, parsed. */
  get<T>(path: string): Promise<T>;
  /** Runs `tidemark …` against it; rejects with its output unless it exits 0. */
  tidemark(...args: string[]): Promise<string>;
  /** Its newest process that runs the given folder of workers/. */
  pidOf(worker: Worker): Promise<number>;
  /** kill -9 of it. */
  kill(worker: Worker): Promise<void>;
  /** Ctrl-C, and removes its data. */
  stop(): Promise<void>;
}

/**
 * The whole product as `npm start` runs it, on a database of its own and, unless set in `settings`, a free port. With a
 * TIDEMARK_DATA_DIR its data are kept for a restart.
 */
export async function startProduct(settings: Record<string, string> = {}): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), "tidemark-product-"));
  await chmod(dataDir, 0o711);
  const dataFolder = settings.TIDEMARK_DATA_DIR ?? join(dataDir, "data");
  const port = settings.PORT ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const token = `tm_${randomBytes(24).toString("base64url")}`;
  const env = childEnvironment({
    PORT: String(port),
    TIDEMARK_DATA_DIR: dataFolder,
    TIDEMARK_ADMIN_TOKEN: token,
    TIDEMARK_URL: url,
    TIDEMARK_TOKEN: token,
    DATABASE_URL: null,
    PUBSUB_PROJECT_ID: null,
    PUBSUB_EMULATOR_HOST: null,
    ...settings,
  });
  const supervisor = spawn(process.execPath, [join(root, "workers/supervisor/main.ts")], {
    cwd: root,
    env,
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const output = gather(supervisor);
  // However this process ends: the supervisor's own processes end with it.
  const kill = () => supervisor.kill("SIGKILL");
  process.once("exit", kill);
  try {
    await untilReady(dataFolder, supervisor, output);
  } catch (error) {
    kill();
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  return {
    url,
    token,
    dataFolder,
    output,
    get: (path) => getJson(`${url}/api/v1${path}`, token),
    tidemark: (...args) => runTidemark(args, env),
    pidOf: (worker) => findWorker(supervisor.pid ?? 0, worker),
    kill: async (worker) => {
      process.kill(await findWorker(supervisor.pid ?? 0, worker), "SIGKILL");
    },
    stop: async () => {
      const exited = new Promise((resolve) => supervisor.once("exit", resolve));
      supervisor.kill("SIGINT");
      await exited;
      process.off("exit", kill);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function getJson<T>(url: string, token: string): Promise<T> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** As reported by the product itself: on its port another process might answer. */
async function untilReady(dataFolder: string, supervisor: ChildProcess, output: () => string): Promise<void> {
  const ended = new Promise<never>((_, reject) => {
    supervisor.once("error", reject).once("exit", (code) => reject(new Error(`The product ended (${code}).`)));
  });
  // It may end long after the last caller awaited it.
  ended.catch(() => undefined);
  const ready = until("the product is ready", async () => (await readRuntime(dataFolder)) !== null, 600);
  await Promise.race([ready, ended]).catch((error: Error) => {
    throw new Error(`${error.message}\n${output()}`);
  });
}

function gather(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-200_000);
    });
  return () => text;
}

function runTidemark(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [join(root, "cli/main.ts"), ...args], { cwd: root, env });
  const output = gather(child);
  return new Promise((resolve, reject) => {
    child.once("exit", (code) =>
      code === 0 ? resolve(output()) : reject(new Error(`tidemark ${args.join(" ")} exited ${code}:\n${output()}`)),
    );
  });
}

/** The newest process below the supervisor whose command line names the worker. */
async function findWorker(supervisorPid: number, worker: string): Promise<number> {
  const found: number[] = [];
  for (const entry of await readdir("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, "utf8").catch(() => "");
    if (!command.includes(`workers/${worker}/`)) continue;
    if (await descendsFrom(pid, supervisorPid)) found.push(pid);
  }
  const pid = Math.max(...found);
  if (!Number.isFinite(pid)) throw new Error(`No ${worker} process runs below ${supervisorPid}.`);
  return pid;
}

async function descendsFrom(pid: number, ancestor: number): Promise<boolean> {
  for (let current = pid; current > 1; ) {
    if (current === ancestor) return true;
    const status = await readFile(`/proc/${current}/status`, "utf8").catch(() => "");
    current = Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? 0);
  }
  return false;
}

/** Below the ports that Linux gives to whoever asks for any: one of those may be taken before the product listens. */
const [firstPort, lastPort] = [15_000, 32_000];

/** A port of 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(firstPort, lastPort);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) =>
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true)),
    );
    await new Promise((resolve) => server.close(resolve));
    if (isFree) return port;
  }
}
