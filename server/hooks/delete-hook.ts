import type { AuditFacts } from "#domain/audit/facts.ts";
import { type Call, requireOwnership, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { lockAlerting, ownerOf } from "#server/catalogue/index.ts";
import { checkPrecondition, type Precondition, specTag } from "#server/precondition.ts";
import { noHook } from "./no-hook.ts";

/** Deletes a hook and what it lists as not mapped. Deployments that it recorded stay. */
export async function deleteHook({
  ctx,
  input: { name, precondition },
}: Call<{ name: string; precondition?: Precondition | undefined }>): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    await lockAlerting(tx);
    const hook = await tx.prisma.deploymentHook.findUnique({ where: { name } });
    if (!hook) throw noHook(name);
    const team = ownerOf(hook.spec);
    requireOwnership(ctx, { kind: "DeploymentHook", name, before: team, after: undefined });
    checkPrecondition(precondition, { what: `"${name}"`, tag: specTag(hook.spec) });
    await tx.prisma.deploymentHook.delete({ where: { name } });
    await recordAct(tx, ctx, { act: "deployment_hook.deleted", name, team, before: hook.spec as AuditFacts });
  });
}
