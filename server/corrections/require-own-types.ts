import type { CorrectionDraft } from "#domain/correction.ts";
import { type Context, requireOwnership } from "#server/access/index.ts";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import type { Sql } from "#server/db/database.ts";

/**
 * Facts are corrected by the owner of their type; those of a whole datacenter by whoever may change every type. Throws AnotherTeams.
 * Called in the correction's transaction before it takes the ingest gate: until it ends, no type gets another owner.
 */
export async function requireOwnTypes(tx: Sql, ctx: Context, draft: Pick<CorrectionDraft, "eventType">): Promise<void> {
  if (ctx.teams === undefined) return;
  // Changes of the catalogue hold it exclusively, and take it before the gate too.
  await tx.query("SELECT pg_advisory_xact_lock_shared($1)", [advisoryLocks.catalogue]);
  await checkOwnTypes(tx, ctx, draft);
}

/** The same for a preview, which changes nothing and takes no locks. */
export async function checkOwnTypes(sql: Sql, ctx: Context, { eventType }: Pick<CorrectionDraft, "eventType">) {
  if (ctx.teams === undefined) return;
  const { rows } = await sql.query<{ name: string; owner: string }>(
    "SELECT name, owner FROM event_type WHERE owner IS NOT NULL AND ($1::text IS NULL OR name = $1) ORDER BY name",
    [eventType],
  );
  const at = { pointer: "/eventType" };
  requireOwnership(
    ctx,
    ...rows.map(({ name, owner }) => ({ kind: "EventType" as const, name, before: owner, after: owner, at })),
  );
}
