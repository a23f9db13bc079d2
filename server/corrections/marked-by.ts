import type { Sql } from "#server/db/database.ts";

/** Every dirty hour that this transaction marks from here on names the correction: it is the column's default. */
export async function markedBy(tx: Sql, id: bigint): Promise<void> {
  await tx.query("SELECT set_config('tidemark.correction', $1, true)", [String(id)]);
}
