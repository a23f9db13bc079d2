import { type Call, requireAnyScope, requireLimits } from "#server/access/index.ts";
import { Conflict, Invalid, NotFound } from "#server/errors.ts";
import { markExcusedDays } from "./mark-excused-days.ts";

export interface RevokeExcuseInput {
  readonly id: string;
  readonly reason?: string | undefined;
}

/** Makes excused hours count again. The excuse stays, with who revoked it and why. */
export async function revokeExcuse({ ctx, input }: Call<RevokeExcuseInput>): Promise<void> {
  requireAnyScope(ctx, "respond", "write");
  const reason = input.reason?.trim() ?? "";
  if (reason.length < 3 || reason.length > 1_000) {
    const detail = "Say why as ?reason=…, in 3 to 1,000 characters: it is what an auditor reads.";
    throw new Invalid(detail, [{ parameter: "reason", detail }]);
  }
  const { id } = input;
  const { actor } = ctx;
  await ctx.database.transaction(async (tx) => {
    const { count } = await tx.prisma.sloExcuse.updateMany({
      // Zero rows: there is none, or a concurrent request was first.
      where: { id, revokedAt: null },
      data: { revokedAt: ctx.clock.now(), revokedBy: actor, revokeReason: reason },
    });
    const excuse = await tx.prisma.sloExcuse.findUnique({ where: { id } });
    if (!excuse) throw new NotFound(`Excuse "${id}" does not exist. GET /api/v1/slo/excuses lists them.`);
    if (count === 0) throw new Conflict("This excuse is revoked already.");
    const { eventTypeIds, fromHour: from, toHour: to } = excuse;
    const types = await tx.prisma.eventType.findMany({ where: { id: { in: eventTypeIds } } });
    // Checked after the write; a refusal rolls it back.
    requireLimits(ctx, ...types.map(({ name }) => ({ eventType: name, datacenter: null })));
    await markExcusedDays(tx, { eventTypeIds, from, to, cause: "excuse_revoked", actor, reason });
  });
}
