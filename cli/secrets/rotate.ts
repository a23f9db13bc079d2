import { userInfo } from "node:os";
import type { AuditFacts } from "#domain/audit/facts.ts";
import { recordAct } from "#server/audit/index.ts";
import { countSecrets } from "#server/db/count-secrets.ts";
import { rotateSecrets } from "#server/db/rotate-secrets.ts";
import { CliError } from "../cli-error.ts";
import { withSecrets, writeStatus } from "./secrets-status.ts";

interface RotateInput {
  dropLost: boolean;
  onProgress(line: string): void;
}

/** Encrypts every secret with the current key, and says what is left. */
export async function rotate({
  dropLost,
  onProgress,
}: RotateInput): Promise<{ sentences: string[]; isWhole: boolean }> {
  return withSecrets(async ({ database, currentId }) => {
    if (currentId === null) {
      throw new CliError("TIDEMARK_ENCRYPTION_KEY is not set. Make a key with `openssl rand -base64 32`.");
    }
    const record = (act: "encryption_key.rotation_started" | "encryption_key.rotated", after: AuditFacts) =>
      database.transaction((tx) => recordAct(tx, operator(), { act, name: currentId, after }));
    let looked = 0;
    // Before the first batch, which commits by itself: a rotation that is killed has left a trace.
    await record("encryption_key.rotation_started", { dropLost });
    const { rotated, dropped, unreadable } = await rotateSecrets(database, {
      dropLost,
      onBatch(rows) {
        looked += rows;
        if (rows > 0) onProgress(`${looked} rows…`);
      },
    });
    await record("encryption_key.rotated", { rotated, dropped, unreadable: unreadable.length });
    const counts = await countSecrets(database.sql);
    const left = counts.filter(({ keyId }) => keyId !== currentId).reduce((sum, { values }) => sum + values, 0);
    return {
      isWhole: unreadable.length === 0 && left === 0,
      sentences: [
        `${rotated} ${rotated === 1 ? "row" : "rows"} encrypted with the current key.`,
        ...(dropped > 0 ? [`${dropped} ${dropped === 1 ? "row" : "rows"} with a lost secret dropped or cleared.`] : []),
        ...unreadable.map(
          ({ table, row }) => `No key decrypts a secret of ${table} ${row}. \`npx tidemark doctor\` says what to do.`,
        ),
        ...writeStatus({ counts, currentId }),
        left === 0
          ? "No secret needs an older key."
          : `${left} ${left === 1 ? "secret is" : "secrets are"} not under the current key yet.`,
      ],
    };
  });
}

/** Whoever may open the database needs no name at Tidemark: the machine's account stands for them. */
function operator() {
  return { actor: `${userInfo().username} (tidemark secrets rotate)` };
}
