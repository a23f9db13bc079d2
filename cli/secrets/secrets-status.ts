import { encryptionKeysOf, readConfig } from "#server/config.ts";
import { countSecrets, type SecretCount } from "#server/db/count-secrets.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { CliError } from "../cli-error.ts";

export interface SecretsStatus {
  readonly counts: readonly SecretCount[];
  /** Of TIDEMARK_ENCRYPTION_KEY; null: it is not set. */
  readonly currentId: string | null;
}

/** Opens the database that the settings name, or that of the Tidemark that runs here. */
export async function withSecrets<Result>(
  work: (found: SecretsStatus & { database: Database }) => Promise<Result>,
): Promise<Result> {
  const config = readConfig();
  const own = config.DATABASE_DIRECT_URL ?? config.DATABASE_URL;
  const url = own ?? (await readRuntime(config.TIDEMARK_DATA_DIR))?.databaseUrl;
  if (url == null) {
    throw new CliError(
      "No database. Set DATABASE_URL. Without it, the embedded PostgreSQL of a Tidemark that runs on this machine is used.",
    );
  }
  const encryptionKeys = encryptionKeysOf(config);
  const database = openDatabase(url, { applicationName: "tidemark secrets", maxConnections: 1, encryptionKeys });
  try {
    return await work({ database, counts: await countSecrets(database.sql), currentId: database.secrets.currentId });
  } finally {
    await database.close();
  }
}

export function writeStatus({ counts, currentId }: SecretsStatus): string[] {
  const head = currentId === null ? "TIDEMARK_ENCRYPTION_KEY is not set." : `The current key is ${currentId}.`;
  if (counts.length === 0) return [head, "No secrets are stored."];
  const lines = counts.map(({ table, keyId, values }) => {
    const how = keyId === null ? "plain text" : `key ${keyId}${keyId === currentId ? " (current)" : ""}`;
    return `${table}: ${values} ${values === 1 ? "secret" : "secrets"}, ${how}`;
  });
  return [head, ...lines];
}
