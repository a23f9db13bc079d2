import { recordAct } from "#server/audit/index.ts";
import { NotFound } from "#server/errors.ts";
import { type Call, requireScope } from "./context.ts";
import { factsOfToken } from "./token-facts.ts";

/** Revokes a token. Revoking it again changes nothing. */
export async function revokeToken({ ctx, input }: Call<{ id: string }>): Promise<void> {
  requireScope(ctx, "admin");
  const { id } = input;
  await ctx.database.transaction(async (tx) => {
    const { apiToken } = tx.prisma;
    // The first revocation's time stays.
    const data = { revokedAt: ctx.clock.now(), revokedBy: ctx.actor };
    const { count } = await apiToken.updateMany({ where: { id, revokedAt: null }, data });
    const token = await apiToken.findUnique({ where: { id } });
    if (!token) throw unknownToken(id);
    if (count === 1) await recordAct(tx, ctx, { act: "token.revoked", name: token.name, before: factsOfToken(token) });
  });
}

export function unknownToken(id: string): NotFound {
  return new NotFound(`Token "${id}" does not exist. GET /api/v1/tokens lists them all.`);
}
