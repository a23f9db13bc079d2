import { NotFound } from "#server/errors.ts";
import { type Call, requireScope } from "./context.ts";

/** Revokes a token. Revoking it again changes nothing. */
export async function revokeToken({ ctx, input }: Call<{ id: string }>): Promise<void> {
  requireScope(ctx, "admin");
  const { apiToken } = ctx.database.prisma;
  const { id } = input;
  // The first revocation's time stays.
  const data = { revokedAt: ctx.clock.now(), revokedBy: ctx.actor };
  const { count } = await apiToken.updateMany({ where: { id, revokedAt: null }, data });
  if (count === 0 && !(await apiToken.findUnique({ where: { id } }))) throw unknownToken(id);
}

export function unknownToken(id: string): NotFound {
  return new NotFound(`Token "${id}" does not exist. GET /api/v1/tokens lists them all.`);
}
