import { defaultRules } from "#domain/alert.ts";
import { type DeleteCall, deleteDocument } from "#server/catalogue/index.ts";
import { Conflict, NotFound } from "#server/errors.ts";
import { markAlertsDue } from "#server/verdicts/index.ts";

/** Deletes a custom rule: its alerts become normal, and a default of the same name returns. */
export async function deleteRule(call: DeleteCall): Promise<void> {
  const where = { name: call.input.name };
  await deleteDocument(call, {
    act: "rule.deleted",
    kind: "AlertRule",
    async find({ prisma }) {
      const rule = await prisma.alertRule.findUnique({ where });
      if (!rule) throw whyNot(where.name);
      return rule;
    },
    async remove(tx) {
      await tx.prisma.alertRule.delete({ where });
      await markAlertsDue(tx, null, call.ctx.clock.now());
    },
  });
}

function whyNot(name: string): Error {
  if (defaultRules.some((rule) => rule.name === name))
    return new Conflict(`"${name}" is a default rule. To disable it, PUT it with "enabled": false.`);
  return new NotFound(`Rule "${name}" does not exist. GET /api/v1/rules lists all rules.`);
}
