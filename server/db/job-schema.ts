import { Logger, runMigrations } from "graphile-worker";
import { openSessionPool } from "./session-pool.ts";

/** Logs nothing: failures are thrown. */
const silent = new Logger(() => () => undefined);

/** Creates or upgrades the schema `graphile_worker`, the job queue. Run under the migration lock, after our own migrations. */
export async function prepareJobSchema(url: string): Promise<void> {
  const pgPool = openSessionPool(url, { work: "migrate", applicationName: "tidemark migrate", maxConnections: 1 });
  try {
    await runMigrations({ pgPool, logger: silent });
  } finally {
    await pgPool.end();
  }
}
