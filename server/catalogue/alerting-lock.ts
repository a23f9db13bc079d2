import type { Sql } from "#server/db/database.ts";

/** Unique among Tidemark's advisory locks. */
const alertingKey = 7_434_803;
const catalogueKey = 7_434_821;

/** Serialises changes of rules, channels, the tree and documents' silences: a name checked in one still exists at its commit. */
export async function lockAlerting(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [alertingKey]);
}

/** Serialises changes of datacenters, event types and tiers: each is compared with the result of the previous one. */
export async function lockCatalogue(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [catalogueKey]);
}
