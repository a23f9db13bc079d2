import { migrateDatabase } from "#server/db/schema-engine.ts";
import { startTestPostgres, type TestPostgres } from "#test/test-postgres.ts";
import type { Network } from "./network.ts";

export interface FleetDatabase {
  /** As the machines reach it, over the bridge. */
  url: string;
  stop(): Promise<void>;
}

const name = "tidemark";

/** One PostgreSQL for the whole network, migrated. */
export async function startFleetDatabase(network: Network<string>): Promise<FleetDatabase> {
  const listen_addresses = `127.0.0.1,${network.host}`;
  const postgres: TestPostgres = await startTestPostgres(async () => ({ listen_addresses }), [network.range]);
  await postgres.createDatabase(name);
  const url = `${postgres.url}/${name}`.replace("@127.0.0.1:", `@${network.host}:`);
  await migrateDatabase(url);
  return { url, stop: postgres.stop };
}
