import type { AuditFacts } from "#domain/audit/facts.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { lockAlerting } from "#server/catalogue/index.ts";
import { Conflict } from "#server/errors.ts";
import { checkPrecondition, type Precondition, specTag } from "#server/precondition.ts";
import { holdSchedule } from "./find-schedule.ts";
import { loadReceivers } from "./load-receivers.ts";

/** Deletes a schedule that no receiver notifies, with its overrides. */
export async function deleteSchedule({
  ctx,
  input: { name, precondition },
}: Call<{ name: string; precondition?: Precondition | undefined }>): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    // No tree naming it can be applied before the delete.
    await lockAlerting(tx);
    const { spec } = await holdSchedule(tx, name);
    checkPrecondition(precondition, { what: `"${name}"`, tag: specTag(spec) });
    const receivers = (await loadReceivers(tx)).get(name) ?? [];
    if (receivers.length > 0) {
      const which = receivers.map((receiver) => `"${receiver}"`).join(", ");
      throw new Conflict(
        `The routing tree's ${receivers.length === 1 ? `receiver ${which} still notifies` : `receivers ${which} still notify`} "${name}". ` +
          "Apply a tree without it first.",
      );
    }
    await tx.prisma.onCallSchedule.delete({ where: { name } });
    await recordAct(tx, ctx, { act: "on_call_schedule.deleted", name, before: spec as AuditFacts });
  });
}
