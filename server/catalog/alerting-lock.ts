import type { Sql } from "#server/db/database.ts";

/** Ours alone among the advisory locks. */
const alertingKey = 7_434_803;

/** Changes of rules, channels, the tree and documents' silences come one by one: a name checked in one is there when it commits. */
export async function lockAlerting(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [alertingKey]);
}
