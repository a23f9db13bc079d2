import { createOwnerLink, linkPath } from "#server/access/index.ts";
import { type Config, publicUrlOf } from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { providerSettings } from "#server/settings/sign-in.ts";

/**
 * A one-time link for the first person who administers Tidemark, in place of the one of an earlier start. null: there is
 * an administrator already, or an identity provider decides who is one.
 */
export async function offerFirstOwner(config: Config, databaseUrl: string): Promise<string | null> {
  if (providerSettings(config) !== null) return null;
  const database = openDatabase(databaseUrl, { applicationName: "tidemark start", maxConnections: 1 });
  try {
    const link = await createOwnerLink(database);
    return link && `${publicUrlOf(config)}${linkPath(link.code)}`;
  } finally {
    await database.close();
  }
}
