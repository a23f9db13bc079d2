import type { Sql } from "./database.ts";

// One advisory lock for the database. Writers of facts share it; who must see all of them or none takes it alone.
const gateKey = 7_434_801;

/** Held by every transaction that writes facts, until it ends. */
export async function shareIngestGate(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock_shared($1)", [gateKey]);
}

/** Waits for running writers of facts and keeps new ones waiting until the transaction ends: claims, packing. */
export async function lockIngestGate(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [gateKey]);
}
