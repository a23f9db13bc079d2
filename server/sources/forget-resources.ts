import type { Sql } from "#server/db/database.ts";

/** Deletes resources that no collection has seen since, with their readings; and what was counted and stated of hours before. */
export async function forgetResources(sql: Sql, before: { seen: Date; hour: Date }): Promise<void> {
  await sql.query("DELETE FROM source_resource WHERE seen_at < $1", [before.seen]);
  await sql.query("DELETE FROM source_count WHERE hour < $1", [before.hour]);
  await sql.query("DELETE FROM source_fact WHERE hour < $1", [before.hour]);
}
