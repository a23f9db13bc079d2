import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { postgresPasswordFile } from "#server/process/runtime-file.ts";
import { type ClusterOptions, initCluster, isCluster, type RunningCluster, startCluster } from "./postgres-cluster.ts";
import { findPostgresInstallation } from "./postgres-installation.ts";
import { stopLeftOverPostgres } from "./stop-left-over-postgres.ts";

export interface EmbeddedPostgres {
  databaseUrl: string;
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Absolute. It exists, is locked by the caller, and is traversable (not readable) by others if this is root. */
  dataFolder: string;
  /** Of PostgreSQL's programs; absent: this process's own. */
  env?: NodeJS.ProcessEnv;
  /** Called when the server ended by itself and was restarted, or could not be. */
  onTrouble(sentence: string, lasting: boolean): void;
}

const databaseName = "tidemark";

/** Every commit is on disk before it is acknowledged; the rest suits one machine that also does other work. */
export const embeddedSettings = {
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  max_connections: "100",
  // A statement that scans every month locks each partition and its indexes: 22 years are 1,700 locks.
  max_locks_per_transaction: "512",
  max_wal_size: "2GB",
  wal_compression: "on",
  // Solid-state disks are nearly universal.
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  // A week of logs in the data folder, one file per weekday.
  logging_collector: "on",
  log_directory: "log",
  log_filename: "postgresql-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_age: "1d",
  log_rotation_size: "0",
};

/**
 * Starts the bundled PostgreSQL in `dataFolder`/postgres, on a free port of 127.0.0.1 with a random
 * password. It ends with this process, however this one ends, and is restarted if it ends by itself.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = join(options.dataFolder, "postgres");
  const cluster: ClusterOptions = {
    installation: await findPostgresInstallation(options.dataFolder),
    folder,
    password: await readPassword(options.dataFolder, folder),
    settings: embeddedSettings,
    ...(options.env && { env: options.env }),
  };
  await initCluster(cluster);
  await stopLeftOverPostgres(folder);
  let running = await startCluster(cluster);
  await createDatabase(running.url);

  let stopping = false;
  const watch = async (watched: RunningCluster): Promise<void> => {
    const said = await watched.exited;
    if (stopping) return;
    options.onTrouble(`The embedded PostgreSQL exited unexpectedly; restarting it. ${said}`.trim(), false);
    try {
      await stopLeftOverPostgres(folder);
      running = await startCluster(cluster, watched.port);
      if (stopping) await running.stop();
      else void watch(running);
    } catch (error) {
      options.onTrouble((error as Error).message, true);
    }
  };
  void watch(running);
  return {
    databaseUrl: `${running.url}/${databaseName}`,
    async stop() {
      stopping = true;
      await running.stop();
    },
  };
}

/** Created once, before its cluster. */
async function readPassword(dataFolder: string, folder: string): Promise<string> {
  const path = join(dataFolder, postgresPasswordFile);
  const kept = await readFile(path, "utf8").catch(() => null);
  if (kept) return kept.trim();
  if (await isCluster(folder)) {
    throw new Error(`${path} is missing. The database beside it cannot be opened without it: restore the file.`);
  }
  const password = randomBytes(24).toString("base64url");
  await writeFile(path, `${password}\n`, { mode: 0o600 });
  return password;
}

async function createDatabase(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${serverUrl}/postgres` });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
  } finally {
    await client.end();
  }
}
