import { type Call, requireLimits, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { toExclusionJson, withNames } from "./exclusion-json.ts";

/** Removes a mark: its counts are learned from again. Records who did so and why. */
export async function removeExclusion({ ctx, input }: Call<{ id: string; reason: string }>): Promise<void> {
  requireScope(ctx, "write");
  const { volumeExclusion } = ctx.database.prisma;
  const { id, reason } = input;
  const found = await volumeExclusion.findUnique({ where: { id }, include: withNames });
  if (found) requireLimits(ctx, toExclusionJson(found));
  const removal = { removedAt: ctx.clock.now(), removedBy: ctx.actor, removedBecause: reason };
  // Of two who remove it at the same time, the first stands.
  const { count } = await volumeExclusion.updateMany({ where: { id, removedAt: null }, data: removal });
  if (count === 1) return;
  throw new NotFound(
    `Marked incident "${id}" does not exist or was removed already. GET /api/v1/volume-exclusions lists all.`,
  );
}
