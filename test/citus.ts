import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { initCluster, startCluster } from "#server/db/postgres-cluster.ts";
import { findPostgresUser } from "#server/db/postgres-user.ts";

const programs = "/usr/lib/postgresql/15/bin";

export interface TestCitus {
  /** Without a database name, the coordinator first. */
  nodes: string[];
  stop(): Promise<void>;
}

const settings = {
  shared_preload_libraries: "citus",
  "citus.node_conninfo": "sslmode=disable",
  "citus.shard_count": "4",
  "citus.shard_replication_factor": "1",
  "citus.max_adaptive_executor_pool_size": "4",
  "citus.enable_statistics_collection": "off",
  // As distributeTables sets it for the product's role in one database; clones of that database do not inherit it.
  "citus.multi_shard_modify_mode": "sequential",
  max_connections: "300",
  max_prepared_transactions: "300",
  // A background process for each database.
  max_worker_processes: "100",
  max_locks_per_transaction: "512",
  wal_level: "logical",
  shared_buffers: "64MB",
  jit: "off",
  timezone: "UTC",
};
/** A test run's data need not survive a power loss. */
const throwaway = { fsync: "off", full_page_writes: "off", synchronous_commit: "off" };

/** A coordinator and workers, each a PostgreSQL of its own on loopback, in a temporary folder. */
export async function startCitus(workers: number, { durable = false, shards = 4 } = {}): Promise<TestCitus> {
  const parent = await mkdtemp(join(tmpdir(), "tidemark-test-citus-"));
  await chmod(parent, 0o711);
  const password = randomBytes(16).toString("hex");
  const user = await findPostgresUser([parent, programs]);
  const clusters = await Promise.all(
    Array.from({ length: workers + 1 }, async (_, index) => {
      const options = {
        installation: { initdb: join(programs, "initdb"), postgres: join(programs, "postgres"), user },
        folder: join(parent, `node-${index}`),
        password,
        settings: { ...settings, "citus.shard_count": `${shards}`, ...(durable ? {} : throwaway) },
        locale: ["--locale=C.UTF-8"],
      };
      await initCluster(options);
      return startCluster(options);
    }),
  );
  return {
    nodes: clusters.map(({ url }) => url),
    async stop() {
      await Promise.all(clusters.map((cluster) => cluster.stop()));
      await rm(parent, { recursive: true, force: true });
    },
  };
}

/** An empty database on every node, in which the coordinator, the first of them, knows the workers. */
export async function createCitusDatabase(nodes: readonly string[], name: string): Promise<void> {
  for (const node of nodes) {
    const { username, password } = new URL(node);
    await onNode(`${node}/postgres`, [`CREATE DATABASE ${name}`]);
    await onNode(`${node}/${name}`, [
      "CREATE EXTENSION citus",
      `INSERT INTO pg_dist_authinfo (nodeid, rolename, authinfo) VALUES (0, '${username}', 'password=${password}')`,
    ]);
  }
  const [coordinator, ...workers] = nodes.map((node) => new URL(node).port);
  await onNode(`${nodes[0]}/${name}`, [
    `SELECT citus_set_coordinator_host('127.0.0.1', ${coordinator})`,
    ...workers.map((port) => `SELECT citus_add_node('127.0.0.1', ${port})`),
  ]);
}

async function onNode(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Citus keeps a background process in each of its databases, and one that is copied or dropped must have no session in it. */
export async function closeDatabase(node: string, name: string): Promise<void> {
  await onNode(`${node}/postgres`, [
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  ]);
}
