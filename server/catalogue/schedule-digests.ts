import type { Sql } from "#server/db/database.ts";

/**
 * Called in the transaction that writes channels: from when on each wants the monthly digest. One that wanted it before keeps its
 * time; one that does no longer begins anew when it wants it again.
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
