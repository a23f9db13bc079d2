import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Sql } from "#server/db/database.ts";

/** Serialises changes of rules, channels, the tree and documents' silences: a name checked in one still exists at its commit. */
export async function lockAlerting(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [advisoryLocks.alertingDocuments]);
}

/** Serialises changes of datacenters, event types and tiers: each is compared with the result of the previous one. */
export async function lockCatalogue(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [advisoryLocks.catalogue]);
}

/**
 * Taken before a new routing tree is committed: alerts that change under the old one commit first, so that whoever then sends what
 * fires by the new tree sees them.
 */
export async function lockRoutingTree(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [advisoryLocks.routingTree]);
}
