import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "#server/config.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#server/db/embedded-postgres.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";

export interface StartDatabaseOptions {
  config: Config;
  dataFolder: string;
  say(sentence: string): void;
  signal: AbortSignal;
  /** The embedded PostgreSQL ended and cannot be restarted. */
  onLost(): void;
}

/** How long an external database may take to come up, as in a compose file that starts everything at once. */
const patienceMs = 60_000;

/** The embedded PostgreSQL, or the one at DATABASE_URL, migrated. */
export async function startDatabase(options: StartDatabaseOptions): Promise<EmbeddedPostgres> {
  const { config, dataFolder, say } = options;
  if (config.DATABASE_URL !== null) {
    await migrateWhenReachable(config.DATABASE_URL, options);
    return { databaseUrl: config.DATABASE_URL, stop: async () => undefined };
  }
  const postgres = await startEmbeddedPostgres({
    dataFolder,
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

async function migrateWhenReachable(url: string, { say, signal }: StartDatabaseOptions): Promise<void> {
  const giveUpMs = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return sayApplied(await migrateDatabase(url), say);
    } catch (error) {
      const reason = explain(error as NodeJS.ErrnoException);
      if (reason === null) throw error;
      if (performance.now() > giveUpMs) throw new Error(`The database at DATABASE_URL is unusable: ${reason}`);
      if (attempt === 1) say(`The database at DATABASE_URL does not respond yet (${reason}); waiting up to 1 min.`);
      await sleep(1_000, undefined, { signal });
    }
  }
}

/** null for what waiting does not fix. */
function explain(error: NodeJS.ErrnoException): string | null {
  const passing = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "ECONNRESET", "EHOSTUNREACH", "57P03"];
  return passing.includes(error.code ?? "") ? error.message || (error.code ?? "") : null;
}

function sayApplied(names: string[], say: (sentence: string) => void): void {
  if (names.length > 0) say(`Applied migrations: ${names.join(", ")}.`);
}
