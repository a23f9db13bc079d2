import { randomBytes } from "node:crypto";
import { appendFile, chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { type ClusterOptions, initCluster, startCluster } from "#server/db/postgres-cluster.ts";
import { findPostgresInstallation, type PostgresInstallation } from "#server/db/postgres-installation.ts";
import { findPostgresUser, type PostgresUser } from "#server/db/postgres-user.ts";
import { installPostgres } from "../scripts/install-postgres.ts";

export interface TestPostgres {
  /** Without a database name: append `/name`. */
  url: string;
  /** PGDATA. */
  folder: string;
  /** The user it runs as; null: as this process. */
  user: PostgresUser | null;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

// A test run's data need not survive a power loss.
const settings = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  shared_buffers: "128MB",
  max_connections: "200",
  jit: "off",
  // Nothing may depend on the server's time zone being UTC.
  timezone: "Asia/Kolkata",
};

/** More settings, also for files that the server's user reads. */
type Prepare = (user: PostgresUser | null) => Promise<Record<string, string>>;
const nothing: Prepare = async () => ({});

/**
 * A real PostgreSQL, the oldest supported, in a temporary folder that is removed after the run, even if the run is
 * killed. `networks` may connect too, where `prepare` makes it listen there.
 */
export async function startTestPostgres(
  prepare: Prepare = nothing,
  networks: readonly string[] = [],
): Promise<TestPostgres> {
  const { remove, ...plan } = await initTestCluster(prepare);
  await admitNetworks(plan.folder, networks);
  const cluster = await startCluster(plan);
  return {
    url: cluster.url,
    folder: plan.folder,
    user: plan.installation.user,
    async createDatabase(name) {
      const client = new pg.Client({ connectionString: `${cluster.url}/postgres` });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
    },
    async stop() {
      await cluster.stop();
      await remove();
    },
  };
}

/** Whoever has the password may connect from there, wherever the server listens. */
export async function admitNetworks(folder: string, networks: readonly string[]): Promise<void> {
  const rules = networks.map((network) => `host all all ${network} scram-sha-256\n`);
  await appendFile(join(folder, "pg_hba.conf"), rules.join(""));
}

export interface TestCluster extends ClusterOptions {
  /** Its folder and what lies beside it. */
  remove(): Promise<void>;
}

/** Not started yet. */
export async function initTestCluster(prepare: Prepare = nothing): Promise<TestCluster> {
  const parent = await mkdtemp(join(tmpdir(), "tidemark-test-postgres-"));
  await chmod(parent, 0o711);
  const password = randomBytes(16).toString("hex");
  const chosen = await choosePostgres(parent);
  const more = await prepare(chosen.installation.user);
  const plan = { ...chosen, folder: join(parent, "data"), password, settings: { ...settings, ...more } };
  await initCluster(plan);
  return { ...plan, remove: () => rm(parent, { recursive: true, force: true }) };
}

/** The programs, and initdb's locale for them. */
async function choosePostgres(parent: string): Promise<{ installation: PostgresInstallation; locale?: string[] }> {
  const oldest = installPostgres();
  if (!oldest) {
    process.stderr.write("PostgreSQL 15 cannot be had here: the embedded one is tested with instead.\n");
    return { installation: await findPostgresInstallation(parent) };
  }
  const { initdb, postgres, libraries } = oldest;
  if (libraries !== null) process.env.LD_LIBRARY_PATH = libraries;
  const user = await findPostgresUser([parent, dirname(postgres)]);
  return { installation: { initdb, postgres, user }, locale: ["--locale=C.UTF-8"] };
}
