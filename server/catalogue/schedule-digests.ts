import type { Sql } from "#server/db/database.ts";

/**
 * Runs in the transaction that writes channels: since when each has the monthly digest enabled. A channel that had it keeps its
 * time; disabling and enabling again restarts it.
 */
export async function scheduleDigests(tx: Sql, channels: readonly string[], now: Date): Promise<void> {
  await tx.query(
    `UPDATE channel
        SET digest_since = CASE WHEN jsonb_typeof(spec->'monthlyDigest') = 'object' OR spec->'monthlyDigest' = 'true'
                                THEN coalesce(digest_since, $2) END
      WHERE name = ANY ($1)`,
    [channels, now],
  );
}
