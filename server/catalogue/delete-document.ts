import type { OwnedKind } from "#domain/access/may-change.ts";
import type { AuditAct } from "#domain/audit/acts.ts";
import type { AuditFacts } from "#domain/audit/facts.ts";
import { type Call, requireOwnership, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import type { Transaction } from "#server/db/database.ts";
import { checkPrecondition, type Precondition, specTag } from "#server/precondition.ts";
import { lockAlerting } from "./alerting-lock.ts";
import { ownerOf } from "./owned-changes.ts";

export type DeleteCall = Call<{ name: string; precondition?: Precondition | undefined }>;

/** How a noun deletes one of its documents. */
export interface Deleting {
  readonly act: AuditAct;
  /** null: no team owns one. */
  readonly kind: OwnedKind | null;
  /** Throws NotFound. */
  find(tx: Transaction): Promise<{ spec: unknown }>;
  /** Throws Conflict if something else needs it. */
  refuse?(tx: Transaction): Promise<void>;
  /** With what follows from it. */
  remove(tx: Transaction): Promise<unknown>;
}

/** Deletes a stored document: by its owner, in the state that the caller knows, and with an entry in the audit log. */
export async function deleteDocument(
  { ctx, input: { name, precondition } }: DeleteCall,
  { act, kind, find, refuse, remove }: Deleting,
): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    // No document that names it can be applied before the delete, and the owner that is checked stays the owner.
    await lockAlerting(tx);
    const { spec } = await find(tx);
    const team = kind === null ? null : ownerOf(spec);
    if (kind !== null) requireOwnership(ctx, { kind, name, before: team, after: undefined });
    checkPrecondition(precondition, { what: `"${name}"`, tag: specTag(spec) });
    await refuse?.(tx);
    await remove(tx);
    await recordAct(tx, ctx, { act, name, team, before: spec as AuditFacts });
  });
}
