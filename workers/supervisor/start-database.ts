import { bareEnvironment, type Config } from "#server/config.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#server/db/embedded-postgres.ts";
import { migrateWhenReachable } from "#server/db/migrate-when-reachable.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { requireDirectUrl } from "#server/settings/required-settings.ts";

export interface StartDatabaseOptions {
  config: Config;
  dataFolder: string;
  say(sentence: string): void;
  signal: AbortSignal;
  /** The embedded PostgreSQL ended and cannot be restarted. */
  onLost(): void;
}

/** The embedded PostgreSQL, or the one at DATABASE_URL, migrated. */
export async function startDatabase(options: StartDatabaseOptions): Promise<EmbeddedPostgres> {
  const { config, dataFolder, say } = options;
  if (config.DATABASE_URL !== null) {
    const distributed = config.TIDEMARK_DATABASE_DISTRIBUTED;
    sayApplied(await migrateWhenReachable(requireDirectUrl(config), { ...options, distributed }), say);
    return { databaseUrl: config.DATABASE_URL, stop: async () => undefined };
  }
  const postgres = await startEmbeddedPostgres({
    dataFolder,
    env: bareEnvironment(),
    onTrouble(sentence, lasting) {
      say(sentence);
      if (lasting) options.onLost();
    },
  });
  try {
    sayApplied(await migrateDatabase(postgres.databaseUrl), say);
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function sayApplied(names: string[], say: (sentence: string) => void): void {
  if (names.length > 0) say(`Applied migrations: ${names.join(", ")}.`);
}
