import type { Sql } from "./database.ts";

/** The lease of an operator who holds what Tidemark would send. It has no end: only `tidemark resume` ends it. */
export const sendingHold = "sending-hold";

/** From now on no notify process that starts sends anything. `file`: the backup that was restored. */
export async function holdSending(sql: Sql, file: string): Promise<void> {
  await sql.query(
    `INSERT INTO lease (name, holder, expires_at) VALUES ($1, $2, 'infinity')
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at`,
    [sendingHold, file],
  );
}

export async function isSendingHeld(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query("SELECT FROM lease WHERE name = $1", [sendingHold]);
  return rows.length > 0;
}

/** The backup that was restored; null: nothing was held. */
export async function resumeSending(sql: Sql): Promise<string | null> {
  const { rows } = await sql.query<{ file: string }>('DELETE FROM lease WHERE name = $1 RETURNING holder AS "file"', [
    sendingHold,
  ]);
  return rows[0]?.file ?? null;
}
