import { type Call, requireAnyScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { Conflict, Invalid } from "#server/errors.ts";
import type { Precondition } from "#server/precondition.ts";
import { markExcusedDays } from "./mark-excused-days.ts";
import { lockExcuse } from "./read-excuse.ts";

export interface RevokeExcuseInput {
  readonly id: string;
  readonly reason?: string | undefined;
  readonly precondition?: Precondition | undefined;
}

/** Makes excused hours count again, or withdraws a pending excuse. It stays listed, with who revoked it and why. */
export async function revokeExcuse({ ctx, input }: Call<RevokeExcuseInput>): Promise<void> {
  requireAnyScope(ctx, "respond", "write");
  const reason = input.reason?.trim() ?? "";
  if (reason.length < 3 || reason.length > 1_000) {
    const detail = "Say why as ?reason=…, in 3 to 1,000 characters: it is what an auditor reads.";
    throw new Invalid(detail, [{ parameter: "reason", detail }]);
  }
  const { actor } = ctx;
  await ctx.database.transaction(async (tx) => {
    const excuse = await lockExcuse(ctx, tx, input);
    const { id, eventTypeIds, eventTypes, fromHour: from, toHour: to, approvedAt, revokedAt } = excuse;
    if (revokedAt) throw new Conflict("This excuse is revoked already.");
    await tx.prisma.sloExcuse.update({
      where: { id },
      data: { revokedAt: ctx.clock.now(), revokedBy: actor, revokeReason: reason },
    });
    await recordAct(tx, ctx, { act: "excuse.revoked", name: id, before: { eventTypes, from, to }, reason });
    // A pending one excused nothing.
    if (!approvedAt) return;
    const act = `${id} revoked`;
    await markExcusedDays(tx, { eventTypeIds, from, to, cause: "excuse_revoked", actor, reason, act });
  });
}
