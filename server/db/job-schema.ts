import { Logger, runMigrations } from "graphile-worker";

/** Nothing of its own is said: what fails is thrown. */
const silent = new Logger(() => () => undefined);

/** Makes or upgrades the schema `graphile_worker`, where jobs wait. Run under the migration lock, after our own migrations. */
export async function prepareJobSchema(connectionString: string): Promise<void> {
  await runMigrations({ connectionString, maxPoolSize: 1, logger: silent });
}
