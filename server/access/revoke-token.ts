import { NotFound } from "#server/errors.ts";
import { type Context, requireScope } from "./context.ts";

/** Revokes a token. Revoking it again changes nothing. */
export async function revokeToken({ ctx, input }: { ctx: Context; input: { id: string } }): Promise<void> {
  requireScope(ctx, "admin");
  const { rowCount } = await ctx.database.sql.query(
    // coalesce keeps the first revocation's time
    "UPDATE api_token SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1",
    [input.id, ctx.clock.now()],
  );
  if (rowCount === 0) throw new NotFound(`Token "${input.id}" does not exist. GET /api/v1/tokens lists them all.`);
}
