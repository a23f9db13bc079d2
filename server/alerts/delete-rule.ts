import { defaultRules } from "#domain/alert.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { Conflict, NotFound } from "#server/errors.ts";
import { markAlertsDue } from "#server/verdicts/index.ts";

/** Deletes a custom rule: its alerts become normal, and a default of the same name returns. */
export async function deleteRule({ ctx, input }: Call<{ name: string }>): Promise<void> {
  requireScope(ctx, "write");
  const { name } = input;
  await ctx.database.transaction(async (tx) => {
    const { count } = await tx.prisma.alertRule.deleteMany({ where: { name } });
    if (count === 1) return markAlertsDue(tx, null, ctx.clock.now());
    if (!defaultRules.some((rule) => rule.name === name)) {
      throw new NotFound(`Rule "${name}" does not exist. GET /api/v1/rules lists all rules.`);
    }
    throw new Conflict(`"${name}" is a default rule. To disable it, PUT it with "enabled": false.`);
  });
}
