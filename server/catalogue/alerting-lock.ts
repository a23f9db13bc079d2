import type { Sql } from "#server/db/database.ts";

/** Ours alone among the advisory locks. */
const alertingKey = 7_434_803;
const catalogueKey = 7_434_821;

/** Changes of rules, channels, the tree and documents' silences come one by one: a name checked in one is there when it commits. */
export async function lockAlerting(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [alertingKey]);
}

/** Changes of datacenters, event types and tiers come one by one: each is compared with what the one before it left. */
export async function lockCatalogue(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [catalogueKey]);
}
