import { type Context, requireLimits, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";

/** Removes a mark: its counts are learned from again. Records who did so and why. */
export async function removeExclusion({
  ctx,
  input,
}: {
  ctx: Context;
  input: { id: string; reason: string };
}): Promise<void> {
  requireScope(ctx, "write");
  await ctx.database.transaction(async (tx) => {
    const { rows } = await tx.query<{ eventType: string | null; datacenter: string | null }>(
      `UPDATE volume_exclusion SET removed_at = $2, removed_by = $3, removed_because = $4
        WHERE id = $1 -- of two who take it back at the same time the first stands
          AND removed_at IS NULL
       RETURNING (SELECT name FROM event_type WHERE id = event_type_id) AS "eventType",
                 (SELECT name FROM datacenter WHERE id = datacenter_id) AS datacenter`,
      [input.id, ctx.clock.now(), ctx.actor, input.reason],
    );
    const [removed] = rows;
    if (!removed) {
      throw new NotFound(
        `There is no marked incident "${input.id}", or it was taken back already. GET /api/v1/volume-exclusions lists all.`,
      );
    }
    requireLimits(ctx, removed);
  });
}
