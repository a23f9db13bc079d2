import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { addHours } from "#domain/hour.ts";
import { openDatabase } from "#server/db/database.ts";
import { embeddedSettings } from "#server/db/embedded-postgres.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import { initCluster, startCluster } from "#server/db/postgres-cluster.ts";
import { findPostgresInstallation } from "#server/db/postgres-installation.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { processorSeconds } from "./machine.ts";

/** For days that are lived through: their databases are thrown away. */
export const throwaway = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", jit: "off" } as const;

/** A real PostgreSQL with the settings of the product's own (durable, unless others are given), migrated, in a temporary folder. */
export async function startBenchPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<{ url: string; stop(): Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), "tidemark-bench-"));
  await chmod(parent, 0o711);
  const options = {
    installation: await findPostgresInstallation(parent),
    folder: join(parent, "data"),
    password: randomBytes(16).toString("hex"),
    settings: { ...embeddedSettings, ...settings },
  };
  await initCluster(options);
  const cluster = await startCluster(options);
  const admin = new pg.Client({ connectionString: `${cluster.url}/postgres` });
  await admin.connect();
  await admin.query("CREATE DATABASE tidemark");
  await admin.end();
  const url = `${cluster.url}/tidemark`;
  await migrateDatabase(url);
  const database = openDatabase(url);
  await ensurePartitions(database, [new Date(), addHours(new Date(), -24)]);
  await database.close();
  return {
    url,
    stop: async () => {
      await cluster.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

/** Another migrated database on the same server; its URL. */
export async function createBeside(url: string, name: string): Promise<string> {
  const database = openDatabase(url, { maxConnections: 1 });
  await database.sql.query(`CREATE DATABASE ${name}`);
  await database.close();
  const beside = new URL(`/${name}`, url).href;
  await migrateDatabase(beside);
  return beside;
}

/** CPU seconds of a PostgreSQL on this machine: its processes, and those of connections that ended. */
export async function postgresSeconds(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const status = await readFile(`/proc/${rows[0]?.pid}/status`, "utf8");
  const postmaster = Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]);
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
  const pids = [postmaster, ...children.trim().split(" ").map(Number)];
  const seconds = await Promise.all(pids.map((pid) => processorSeconds(pid, { withEnded: pid === postmaster })));
  await client.end();
  return seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}
