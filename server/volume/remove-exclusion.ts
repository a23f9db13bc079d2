import { type Call, requireLimits, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { NotFound } from "#server/errors.ts";
import { toExclusionJson, withNames } from "./exclusion-json.ts";

/** Removes a mark: its counts are learned from again. Records who did so and why. */
export async function removeExclusion({ ctx, input }: Call<{ id: string; reason: string }>): Promise<void> {
  requireScope(ctx, "write");
  const { id, reason } = input;
  const isRemoved = await ctx.database.transaction(async (tx) => {
    const { volumeExclusion } = tx.prisma;
    const found = await volumeExclusion.findUnique({ where: { id }, include: withNames });
    if (!found) return false;
    const { eventType, datacenter, from, to } = toExclusionJson(found);
    requireLimits(ctx, { eventType, datacenter });
    const removal = { removedAt: ctx.clock.now(), removedBy: ctx.actor, removedBecause: reason };
    // Of two who remove it at the same time, the first stands.
    const { count } = await volumeExclusion.updateMany({ where: { id, removedAt: null }, data: removal });
    if (count === 0) return false;
    const before = { eventType, datacenter, from, to };
    await recordAct(tx, ctx, { act: "volume_exclusion.removed", name: id, before, reason });
    return true;
  });
  if (isRemoved) return;
  throw new NotFound(
    `Marked incident "${id}" does not exist or was removed already. GET /api/v1/volume-exclusions lists all.`,
  );
}
