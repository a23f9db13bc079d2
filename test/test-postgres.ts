import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { initCluster, startCluster } from "#server/db/postgres-cluster.ts";
import { findPostgresInstallation } from "#server/db/postgres-installation.ts";

export interface TestPostgres {
  /** Without a database name: append `/name`. */
  url: string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

// Nothing of a test run has to survive a power cut.
const settings = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  shared_buffers: "128MB",
  max_connections: "200",
  jit: "off",
};

/** A real PostgreSQL in a temporary folder, gone with the run, also when the run is killed. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const parent = await mkdtemp(join(tmpdir(), "tidemark-test-postgres-"));
  await chmod(parent, 0o711);
  const password = randomBytes(16).toString("hex");
  const options = {
    installation: await findPostgresInstallation(parent),
    folder: join(parent, "data"),
    password,
    settings,
  };
  await initCluster(options);
  const cluster = await startCluster(options);
  return {
    url: cluster.url,
    async createDatabase(name) {
      const client = new pg.Client({ connectionString: `${cluster.url}/postgres` });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
    },
    async stop() {
      await cluster.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
}
