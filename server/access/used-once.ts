import { createHash } from "node:crypto";
import type { Sql } from "#server/db/database.ts";

/** Whether it is presented for the first time, by any process. `expiresAt`: from then on its age alone refuses it. */
export async function isFirstUse(sql: Sql, value: string, expiresAt: Date): Promise<boolean> {
  const digest = createHash("sha256").update(value).digest();
  await sql.query("DELETE FROM used_once WHERE expires_at < $1", [new Date()]);
  const { rowCount } = await sql.query(
    "INSERT INTO used_once (digest, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    [digest, expiresAt],
  );
  return rowCount === 1;
}
