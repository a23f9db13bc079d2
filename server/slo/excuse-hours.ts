import { randomUUID } from "node:crypto";
import type { SloExcuseJson } from "#domain/api/slo.ts";
import type { Call } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { type ExcuseInput, readExcuse, readReason } from "./excuse-input.ts";
import { toExcuseJson } from "./list-excuses.ts";
import { markExcusedDays } from "./mark-excused-days.ts";

/**
 * Takes hours out of the service levels, audited: who, when, why. In a frozen month this is a restatement. If excuses need approval,
 * the hours count until a second person has approved it.
 */
export async function excuseHours({
  ctx,
  input,
}: Call<ExcuseInput & { needsApproval: boolean }>): Promise<SloExcuseJson> {
  return ctx.database.transaction(async (tx) => {
    const { types, from, to } = await readExcuse(ctx, tx, input);
    const reason = readReason(input.reason);
    const eventTypes = types.map(({ name }) => name);
    const now = ctx.clock.now();
    const { eventTypeIds, ...excuse } = await tx.prisma.sloExcuse.create({
      data: {
        id: randomUUID(),
        eventTypeIds: types.map(({ id }) => id),
        scope: input.tier ? `tier ${input.tier}` : eventTypes.join(", "),
        fromHour: from,
        toHour: to,
        reason,
        createdAt: now,
        createdBy: ctx.actor,
        ...(input.needsApproval ? {} : { approvedAt: now, approvedBy: ctx.actor }),
      },
    });
    if (!input.needsApproval)
      await markExcusedDays(tx, { eventTypeIds, from, to, cause: "excuse", actor: ctx.actor, reason, act: excuse.id });
    const after = { eventTypes, from, to, needsApproval: input.needsApproval };
    await recordAct(tx, ctx, { act: "excuse.created", name: excuse.id, after, reason });
    return toExcuseJson({ ...excuse, eventTypes });
  });
}
