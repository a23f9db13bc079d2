import { type ChildProcess, spawn } from "node:child_process";
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { asPostgresUser, findPostgresUser } from "#server/db/postgres-user.ts";
import { findProgram } from "#test/find-program.ts";
import { freePort } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";

export const pgbouncer = findProgram("pgbouncer", "apt-get install pgbouncer (npm test fetches it on Debian).");

export interface TestPgbouncer {
  /** The given database through it. */
  url: string;
  /** A row for each pool, as its console shows them. */
  pools(): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

export interface PgbouncerOptions {
  /** Of PostgreSQL, with the database's name. */
  target: string;
  /** The address to listen on. */
  address?: string;
  poolSize: number;
}

/** PgBouncer with the ini of docs/machines.md: only addresses, files and the pool's size are replaced. */
export async function startPgbouncer({
  target,
  address = "127.0.0.1",
  poolSize,
}: PgbouncerOptions): Promise<TestPgbouncer> {
  const { hostname, port, username, password, pathname } = new URL(target);
  const ownPort = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "tidemark-pgbouncer-"));
  const userlist = join(folder, "userlist.txt");
  const page = await readFile(join(import.meta.dirname, "../../docs/machines.md"), "utf8");
  const documented = /```ini\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const ini = [
    ["tidemark = host=10.0.0.20 port=5432", `${pathname.slice(1)} = host=${hostname} port=${port}`],
    ["listen_addr = 10.0.0.20", `listen_addr = ${address}\nunix_socket_dir =\nadmin_users = ${username}`],
    ["listen_port = 6432", `listen_port = ${ownPort}`],
    ["/etc/pgbouncer/userlist.txt", userlist],
    ["default_pool_size = 20", `default_pool_size = ${poolSize}`],
  ].reduce((text, [from = "", to = ""]) => {
    if (!text.includes(from)) throw new Error(`The ini of docs/machines.md has no "${from}".`);
    return text.replace(from, to);
  }, documented);
  await writeFile(userlist, `"${username}" "${decodeURIComponent(password)}"\n`);
  await writeFile(join(folder, "pgbouncer.ini"), ini);
  // It refuses to run as root.
  const user = await findPostgresUser([folder]);
  await chmod(folder, 0o711);
  if (user) for (const path of [folder, userlist]) await chown(path, user.uid, user.gid);
  const start = asPostgresUser(user, [pgbouncer ?? "", join(folder, "pgbouncer.ini")]);
  const [program = "", ...parts] = start.command;
  const child: ChildProcess = spawn(program, parts, { ...start.options, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said = (said + chunk).slice(-20_000);
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const url = new URL(target);
  url.hostname = address;
  url.port = String(ownPort);
  const console = Object.assign(new URL(url), { pathname: "/pgbouncer" });
  const ask = async (connectionString: string, statement: string) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      return (await client.query(statement)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  await until("PgBouncer answers", async () => {
    if (child.exitCode !== null) throw new Error(said);
    return (await ask(url.href, "SELECT 1")).length === 1;
  });
  return {
    url: url.href,
    pools: () => ask(console.href, "SHOW POOLS"),
    async stop() {
      child.kill("SIGKILL");
      await ended;
      process.off("exit", kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
