import type { Sql } from "#server/db/database.ts";

/** Dirty hours that this transaction marks from here on name the correction: it sets the column's default. */
export async function markedBy(tx: Sql, id: bigint): Promise<void> {
  await tx.query("SELECT set_config('tidemark.correction', $1, true)", [String(id)]);
}
