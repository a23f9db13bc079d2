import { cutPage, type Page } from "#server/page.ts";
import { type Context, requireScope } from "./context.ts";
import type { TokenInfo } from "./create-token.ts";

export interface TokenKey {
  readonly createdAt: string;
  readonly id: string;
}

/** Every token ever created, newest first, including revoked ones: audits need them. */
export async function listTokens({
  ctx,
  input,
}: {
  ctx: Context;
  input: { after: TokenKey | null; limit: number };
}): Promise<Page<TokenInfo, TokenKey>> {
  requireScope(ctx, "admin");
  const { rows } = await ctx.database.sql.query<TokenInfo>(
    `SELECT id, name, scopes, created_at AS "createdAt", created_by AS "createdBy", expires_at AS "expiresAt",
            revoked_at AS "revokedAt", last_used_at AS "lastUsedAt", datacenters, event_types AS "eventTypes"
       FROM api_token
      WHERE $1::timestamptz IS NULL OR (created_at, id) < ($1, $2)
      ORDER BY created_at DESC, id DESC
      LIMIT $3`,
    [input.after && new Date(input.after.createdAt), input.after?.id ?? null, input.limit + 1],
  );
  return cutPage(rows, input.limit, (row) => ({ createdAt: row.createdAt.toISOString(), id: row.id }));
}
