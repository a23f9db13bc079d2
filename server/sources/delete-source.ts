import type { AuditFacts } from "#domain/audit/facts.ts";
import { type Call, requireOwnership, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { lockAlerting, ownerOf } from "#server/catalogue/index.ts";
import { checkPrecondition, type Precondition, specTag } from "#server/precondition.ts";
import { findSource, holdSource } from "./find-source.ts";

/** Deletes a source with what it said last. The facts that were made of it stay. */
export async function deleteSource({
  ctx,
  input: { name, precondition },
}: Call<{ name: string; precondition?: Precondition | undefined }>): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    // As whoever applies documents does: the owner that is checked stays the owner.
    await lockAlerting(tx);
    await holdSource(tx, name);
    const { spec } = await findSource(tx, name);
    const team = ownerOf(spec);
    requireOwnership(ctx, { kind: "Source", name, before: team, after: undefined });
    checkPrecondition(precondition, { what: `"${name}"`, tag: specTag(spec) });
    await tx.prisma.source.delete({ where: { name } });
    await recordAct(tx, ctx, { act: "source.deleted", name, team, before: spec as AuditFacts });
  });
}
