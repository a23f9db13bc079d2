import { execFileSync } from "node:child_process";
import { chown, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { type ClusterOptions, type RunningCluster, startCluster } from "#server/db/postgres-cluster.ts";
import type { PostgresUser } from "#server/db/postgres-user.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { freePort } from "#test/product/start-product.ts";
import { admitNetworks, initTestCluster } from "#test/test-postgres.ts";
import { until } from "#test/until.ts";

export interface ReplicatedPostgres {
  /** Both hosts, as libpq writes them. */
  url: string;
  /** The primary alone. */
  primaryUrl: string;
  /** The standby alone, while it is one and after. */
  standbyUrl: string;
  /** Ends the primary as a power cut would: all of its processes at once. */
  killPrimary(): Promise<void>;
  promoteStandby(): Promise<void>;
  /** It comes back as what it was, and still takes writes. */
  revivePrimary(): Promise<void>;
  /** Seconds by which the standby holds back what it has received. */
  delayStandby(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

interface ReplicatedOptions {
  synchronous?: boolean;
  /** Of this machine, where other machines reach both servers; default: 127.0.0.1 alone. */
  host?: { address: string; network: string };
  /** Of PostgreSQL, beside those of any test. */
  settings?: Record<string, string>;
  migrate?: (url: string) => Promise<unknown>;
  /** Called for the primary's data folder and then for the standby's, before they start. */
  prepare?: (folder: string, user: PostgresUser | null) => Promise<void>;
  /** Called when both have ended, before their folders are removed. */
  beforeRemoval?: () => Promise<void>;
}

const database = "tidemark";

/** A primary that acknowledges nothing before its standby has it. */
export async function startReplicatedPostgres(options: ReplicatedOptions = {}): Promise<ReplicatedPostgres> {
  const { synchronous = true, host, settings = {}, migrate = migrateDatabase, prepare, beforeRemoval } = options;
  const plan = await initTestCluster();
  if (host) await admitNetworks(plan.folder, [host.network]);
  const [primaryPort, standbyPort] = [await freePort(), await freePort()];
  const common = {
    ...settings,
    ...(host ? { listen_addresses: `127.0.0.1,${host.address}` } : {}),
    ...{ wal_level: "replica", hot_standby: "on", synchronous_commit: synchronous ? "remote_apply" : "on" },
  };
  const first = await startCluster(withSettings(plan, common), primaryPort);
  await ask(`${first.url}/postgres`, `CREATE DATABASE ${database}`);
  await migrate(`${first.url}/${database}`);
  await first.stop();

  const standbyFolder = `${plan.folder}-standby`;
  execFileSync("cp", ["--archive", plan.folder, standbyFolder]);
  const signal = join(standbyFolder, "standby.signal");
  await writeFile(signal, "");
  const { user } = plan.installation;
  if (user) await chown(signal, user.uid, user.gid);
  for (const folder of [plan.folder, standbyFolder]) await prepare?.(folder, user);
  const names = synchronous ? { synchronous_standby_names: "standby" } : {};
  const asPrimary = withSettings(plan, { ...common, ...names });
  let primary = await startCluster(asPrimary, primaryPort);
  const source = `host=127.0.0.1 port=${primaryPort} user=tidemark password=${plan.password} application_name=standby`;
  const standby = await startCluster(
    { ...withSettings(plan, { ...common, primary_conninfo: source }), folder: standbyFolder },
    standbyPort,
  );
  await until("the standby streams", async () => {
    const rows = await ask(`${primary.url}/postgres`, "SELECT state FROM pg_stat_replication");
    return rows[0]?.state === "streaming" || JSON.stringify(rows);
  });
  const standbyUrl = `${standby.url}/${database}`;
  const address = host?.address ?? "127.0.0.1";
  const hosts = `${address}:${primaryPort},${address}:${standbyPort}`;
  return {
    url: `${primary.url.replace(`127.0.0.1:${primaryPort}`, hosts)}/${database}?target_session_attrs=read-write`,
    primaryUrl: `${primary.url.replace("127.0.0.1", address)}/${database}`,
    standbyUrl,
    killPrimary: () => killAll(plan.folder, primary),
    async promoteStandby() {
      await ask(standbyUrl, "SELECT pg_promote()");
    },
    async revivePrimary() {
      primary = await startCluster(asPrimary, primaryPort);
    },
    async delayStandby(seconds) {
      await ask(standbyUrl, `ALTER SYSTEM SET recovery_min_apply_delay = '${seconds}s'`);
      await ask(standbyUrl, "SELECT pg_reload_conf()");
    },
    async stop() {
      await Promise.all([primary.stop(), standby.stop()]);
      await beforeRemoval?.();
      await plan.remove();
    },
  };
}

function withSettings(plan: ClusterOptions, settings: Record<string, string>): ClusterOptions {
  return { ...plan, settings: { ...plan.settings, ...settings } };
}

/** The postmaster first: it must not look after the others meanwhile. */
async function killAll(folder: string, cluster: RunningCluster): Promise<void> {
  const postmaster = Number((await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n")[0]);
  const threads = await readdir(`/proc/${postmaster}/task`);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${postmaster}/task/${thread}/children`, "utf8")),
  );
  for (const pid of [postmaster, ...lists.join(" ").split(" ").filter(Boolean).map(Number)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
  await cluster.exited;
}

async function ask(connectionString: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}
