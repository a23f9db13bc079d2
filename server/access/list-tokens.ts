import { type CreatedKey, createdBefore, createdKey, cutPage, type Page, type PageInput } from "#server/page.ts";
import { type Call, requireScope } from "./context.ts";
import type { TokenInfo } from "./create-token.ts";

/** Every token ever created, newest first, including revoked ones: audits need them. */
export async function listTokens({
  ctx,
  input: { after, limit },
}: Call<PageInput<CreatedKey>>): Promise<Page<TokenInfo, CreatedKey>> {
  requireScope(ctx, "admin");
  const rows = await ctx.database.prisma.apiToken.findMany({
    omit: { hash: true, previousHash: true },
    where: createdBefore(after),
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  return cutPage(rows as TokenInfo[], limit, createdKey);
}
