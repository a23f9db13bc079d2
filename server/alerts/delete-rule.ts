import { defaultRules } from "#domain/alert.ts";
import type { AuditFacts } from "#domain/audit/facts.ts";
import { type Call, requireOwnership, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { lockAlerting, ownerOf } from "#server/catalogue/index.ts";
import { Conflict, NotFound } from "#server/errors.ts";
import { checkPrecondition, type Precondition, specTag } from "#server/precondition.ts";
import { markAlertsDue } from "#server/verdicts/index.ts";

/** Deletes a custom rule: its alerts become normal, and a default of the same name returns. */
export async function deleteRule({
  ctx,
  input: { name, precondition },
}: Call<{ name: string; precondition?: Precondition | undefined }>): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    await lockAlerting(tx);
    const rule = await tx.prisma.alertRule.findUnique({ where: { name } });
    if (!rule) throw whyNot(name);
    const team = ownerOf(rule.spec);
    requireOwnership(ctx, { kind: "AlertRule", name, before: team, after: undefined });
    checkPrecondition(precondition, { what: `"${name}"`, tag: specTag(rule.spec) });
    await tx.prisma.alertRule.delete({ where: { name } });
    await recordAct(tx, ctx, { act: "rule.deleted", name, team, before: rule.spec as AuditFacts });
    await markAlertsDue(tx, null, ctx.clock.now());
  });
}

function whyNot(name: string): Error {
  if (defaultRules.some((rule) => rule.name === name))
    return new Conflict(`"${name}" is a default rule. To disable it, PUT it with "enabled": false.`);
  return new NotFound(`Rule "${name}" does not exist. GET /api/v1/rules lists all rules.`);
}
