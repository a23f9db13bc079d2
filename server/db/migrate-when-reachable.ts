import { setTimeout as sleep } from "node:timers/promises";
import { placeTables } from "./citus/place-tables.ts";
import { type ConnectionTrouble, explainConnection } from "./explain-connection.ts";
import { findUnusable } from "./find-unusable.ts";
import { migrateDatabase } from "./schema-engine.ts";

/** How long a database may take to come up, as where everything is started at once. */
const patienceMs = 60_000;

const experimental =
  "TIDEMARK_DATABASE_DISTRIBUTED is experimental: ingest, verdicts, the gate and retention were tested on Citus; docs/scaling.md lists what was not.";

export interface MigrateOptions {
  /** As TIDEMARK_DATABASE_DISTRIBUTED says: who distributes the tables. */
  distributed: "citus" | null;
  say(sentence: string): void;
  signal?: AbortSignal;
}

/**
 * Migrates a database that may still be starting, and places its tables; returns the names applied. Throws a sentence with what to do, at
 * once for what waiting does not fix.
 */
export async function migrateWhenReachable(
  url: string,
  { distributed, say, signal }: MigrateOptions,
): Promise<string[]> {
  const giveUpMs = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryToMigrate(url);
    if (Array.isArray(outcome)) {
      const tables = await placeTables(url, distributed);
      if (distributed !== null) say(experimental);
      if (tables.length > 0) say(`Distributed by event type: ${tables.join(", ")}.`);
      return outcome;
    }
    if (!outcome.passing || performance.now() > giveUpMs) throw new Error(outcome.sentence);
    if (attempt === 1) say(`${outcome.sentence} Waiting up to 1 min.`);
    await sleep(1_000, undefined, { signal });
  }
}

async function tryToMigrate(url: string): Promise<string[] | ConnectionTrouble> {
  try {
    return (await findUnusable(url)) ?? (await migrateDatabase(url));
  } catch (error) {
    const trouble = explainConnection(error, url);
    if (trouble === null) throw error;
    return trouble;
  }
}
