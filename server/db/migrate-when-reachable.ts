import { setTimeout as sleep } from "node:timers/promises";
import { migrateDatabase } from "./schema-engine.ts";

/** How long an external database may take to come up, as in a compose file that starts everything at once. */
const patienceMs = 60_000;

/** Migrates the database at DATABASE_URL, once it answers; returns the names applied now. Throws a sentence if it does not within a minute. */
export async function migrateWhenReachable(
  url: string,
  { say, signal }: { say(sentence: string): void; signal?: AbortSignal },
): Promise<string[]> {
  const giveUpMs = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await migrateDatabase(url);
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
