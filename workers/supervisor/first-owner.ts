import { setTimeout as sleep } from "node:timers/promises";
import { createOwnerLink, linkPath } from "#server/access/index.ts";
import { type Config, publicUrlOf } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { isDatabaseUnreachable } from "#server/db/database-unreachable.ts";
import { providerSettings } from "#server/settings/sign-in.ts";

const againMs = 1_000;

/**
 * A one-time link for the first person who administers Tidemark, in place of the one of an earlier start. null: there is
 * an administrator already, an identity provider decides who is one, or `signal` aborted. A database that goes away meanwhile is waited
 * for: the product that was started runs on.
 */
export async function offerFirstOwner(
  config: Config,
  databaseUrl: string,
  signal: AbortSignal,
): Promise<string | null> {
  if (providerSettings(config) !== null) return null;
  const database = openDatabase(databaseUrl, { applicationName: "tidemark start", maxConnections: 1 });
  try {
    while (!signal.aborted) {
      try {
        const link = await createOwnerLink(database);
        return link && `${publicUrlOf(config)}${linkPath(link.code)}`;
      } catch (error) {
        if (!isDatabaseUnreachable(error)) throw error;
      }
      await sleep(againMs, undefined, { signal }).catch(() => undefined);
    }
    return null;
  } finally {
    await database.close();
  }
}
