import type { SloExcuseJson } from "#domain/api/slo.ts";
import { type Call, requireAnyScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { Conflict } from "#server/errors.ts";
import type { Precondition } from "#server/precondition.ts";
import { toExcuseJson } from "./list-excuses.ts";
import { markExcusedDays } from "./mark-excused-days.ts";
import { lockExcuse } from "./read-excuse.ts";

/** Puts a pending excuse in force. Its author cannot: two people stand behind an excuse that needs approval. */
export async function approveExcuse({
  ctx,
  input,
}: Call<{ id: string; precondition?: Precondition | undefined }>): Promise<SloExcuseJson> {
  requireAnyScope(ctx, "respond", "write");
  return ctx.database.transaction(async (tx) => {
    const { eventTypeIds, ...excuse } = await lockExcuse(ctx, tx, input);
    if (excuse.revokedAt) throw new Conflict(`${excuse.revokedBy} revoked this excuse. Create another one.`);
    if (excuse.approvedAt) throw new Conflict(`This excuse is in force already: ${excuse.approvedBy} approved it.`);
    if (excuse.createdBy === ctx.actor)
      throw new Conflict(`You created this excuse as ${ctx.actor}. Another person has to approve it.`);
    const approved = { approvedAt: ctx.clock.now(), approvedBy: ctx.actor };
    await tx.prisma.sloExcuse.update({ where: { id: excuse.id }, data: approved });
    const { id, fromHour: from, toHour: to, reason } = excuse;
    const actor = `${excuse.createdBy}, approved by ${ctx.actor}`;
    await markExcusedDays(tx, { eventTypeIds, from, to, cause: "excuse", actor, reason, act: id });
    const after = { eventTypes: excuse.eventTypes, from, to, createdBy: excuse.createdBy };
    await recordAct(tx, ctx, { act: "excuse.approved", name: id, after, reason });
    return toExcuseJson({ ...excuse, ...approved });
  });
}
