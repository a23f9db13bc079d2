import type { Sql } from "./database.ts";

// One advisory lock per database. Writers of facts share it; who must see all of them or none takes it exclusively.
const gateKey = 7_434_801;

/** Taken by every transaction that writes facts, until it ends. */
export async function shareIngestGate(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock_shared($1)", [gateKey]);
}

/** Waits for running writers of facts and blocks new ones until the transaction ends: claims, packing. */
export async function lockIngestGate(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock($1)", [gateKey]);
}
