import { countSecrets, findLostSecrets } from "#server/db/count-secrets.ts";
import type { Database } from "#server/db/database.ts";
import { sealedTables } from "#server/db/sealed-columns.ts";
import { bad, type Finding, note, ok } from "./check.ts";

const mostNamed = 20;

/** Whether secrets are encrypted, which need an older key, and which no key of the settings decrypts. */
export async function checkSecrets(database: Database): Promise<Finding[]> {
  const { currentId } = database.secrets;
  const counts = await countSecrets(database.sql);
  const sum = (which: (keyId: string | null) => boolean) =>
    counts.filter(({ keyId }) => which(keyId)).reduce((total, { values }) => total + values, 0);
  const plain = sum((keyId) => keyId === null);
  const older = sum((keyId) => keyId !== null && keyId !== currentId && database.secrets.hasKey(keyId));
  const lost = await findLostSecrets(database);
  const findings = lost.slice(0, mostNamed).map(({ table, reason }) => {
    const remedy = sealedTables.find((sealed) => sealed.table === table)?.remedy ?? "";
    return bad(`Secrets: ${reason} If the key is lost: ${remedy}.`);
  });
  if (lost.length > mostNamed) findings.push(bad(`Secrets: ${lost.length - mostNamed} more cannot be decrypted.`));
  if (currentId === null && lost.length === 0) {
    return [
      note(
        "Secrets: stored as plain text. Set TIDEMARK_ENCRYPTION_KEY (`openssl rand -base64 32`), then run `npx tidemark secrets rotate`.",
      ),
    ];
  }
  if (plain + older > 0) {
    findings.push(
      note(
        `Secrets: ${plain} stored as plain text, ${older} encrypted with an older key. Run \`npx tidemark secrets rotate\`.`,
      ),
    );
  }
  return findings.length > 0 ? findings : [ok("Secrets: encrypted with the current key.")];
}
