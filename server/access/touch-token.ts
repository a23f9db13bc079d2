import type { Sql } from "#server/db/database.ts";

/** Records a token's last use. */
export async function touchToken(sql: Sql, id: string, usedAt: Date): Promise<void> {
  await sql.query(
    `UPDATE api_token SET last_used_at = $2
      WHERE id = $1
        -- several processes note the same token: the latest use stays
        AND (last_used_at IS NULL OR last_used_at < $2)`,
    [id, usedAt],
  );
}
