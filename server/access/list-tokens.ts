import { cutPage, type Page } from "#server/page.ts";
import { type Call, requireScope } from "./context.ts";
import type { TokenInfo } from "./create-token.ts";

export interface TokenKey {
  readonly createdAt: string;
  readonly id: string;
}

/** Every token ever created, newest first, including revoked ones: audits need them. */
export async function listTokens({
  ctx,
  input,
}: Call<{ after: TokenKey | null; limit: number }>): Promise<Page<TokenInfo, TokenKey>> {
  requireScope(ctx, "admin");
  const { after, limit } = input;
  const createdAt = after && new Date(after.createdAt);
  const rows = await ctx.database.prisma.apiToken.findMany({
    omit: { hash: true, previousHash: true },
    where: createdAt ? { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: after.id } }] } : {},
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  return cutPage(rows as TokenInfo[], limit, (row) => ({ createdAt: row.createdAt.toISOString(), id: row.id }));
}
