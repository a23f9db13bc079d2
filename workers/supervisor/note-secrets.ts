import { type Config, encryptionKeysOf } from "#server/config.ts";
import { countSecrets } from "#server/db/count-secrets.ts";
import { openDatabase } from "#server/db/database.ts";

/** What an operator should do about the encrypted secrets in the database, in a sentence; null: nothing. The web process warns of plain ones. */
export async function noteSecrets(config: Config, databaseUrl: string): Promise<string | null> {
  const encryptionKeys = encryptionKeysOf(config);
  const database = openDatabase(databaseUrl, { applicationName: "tidemark start", maxConnections: 1, encryptionKeys });
  try {
    const counts = await countSecrets(database.sql);
    const { currentId } = database.secrets;
    const lost = counts.filter(({ keyId }) => keyId !== null && !database.secrets.hasKey(keyId));
    if (lost.length > 0) {
      const ids = [...new Set(lost.map(({ keyId }) => keyId))].join(", ");
      const values = lost.reduce((sum, each) => sum + each.values, 0);
      return `The database has ${values === 1 ? "1 secret" : `${values} secrets`} encrypted with a key that is not set (${ids}): what needs them waits. Add it to TIDEMARK_ENCRYPTION_KEYS_OLD. \`npx tidemark doctor\` names them.`;
    }
    if (currentId === null) return null;
    const left = counts.filter(({ keyId }) => keyId !== currentId).reduce((sum, { values }) => sum + values, 0);
    if (left === 0) return null;
    return `${left === 1 ? "1 secret is" : `${left} secrets are`} not encrypted with TIDEMARK_ENCRYPTION_KEY yet. Run \`npx tidemark secrets rotate\`.`;
  } finally {
    await database.close();
  }
}
