import { type Context, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";

/** Takes a mark back: its counts are learned from again. Who did so and why is kept. */
export async function removeExclusion({
  ctx,
  input,
}: {
  ctx: Context;
  input: { id: string; reason: string };
}): Promise<void> {
  requireScope(ctx, "write");
  const { rowCount } = await ctx.database.sql.query(
    `UPDATE volume_exclusion SET removed_at = $2, removed_by = $3, removed_because = $4
      WHERE id = $1 -- of two who take it back at the same time the first stands
        AND removed_at IS NULL`,
    [input.id, ctx.clock.now(), ctx.actor, input.reason],
  );
  if (rowCount === 0) {
    throw new NotFound(
      `There is no marked incident "${input.id}", or it was taken back already. GET /api/v1/volume-exclusions lists all.`,
    );
  }
}
