import { recordAct } from "#server/audit/index.ts";
import { Conflict } from "#server/errors.ts";
import { type Call, requireScope } from "./context.ts";
import type { TokenInfo } from "./create-token.ts";
import { endLiveSessions } from "./end-sessions.ts";
import { unknownToken } from "./revoke-token.ts";
import { hashToken, mintToken } from "./token.ts";

export interface Rotation {
  readonly id: string;
  /** How long the secret until now still works, by the product's clock. */
  readonly overlapSeconds: number;
}

/**
 * Gives a token a new secret, which only this answer has; name, scopes and limits stay. An older secret that still worked
 * from a rotation before ends now. Without an overlap, sessions that were begun with the token end too: whoever had the
 * secret may have begun one.
 */
export async function rotateToken({ ctx, input }: Call<Rotation>): Promise<TokenInfo & { token: string }> {
  requireScope(ctx, "admin");
  const { id, overlapSeconds } = input;
  const now = ctx.clock.now();
  const token = mintToken();
  return ctx.database.transaction(async (tx) => {
    // Two rotations at once: the second gives the first one's secret the overlap.
    await tx.query("SELECT FROM api_token WHERE id = $1 FOR UPDATE", [id]);
    const held = await tx.prisma.apiToken.findUnique({ where: { id } });
    if (held === null) throw unknownToken(id);
    const isOver = held.revokedAt !== null || (held.expiresAt !== null && held.expiresAt <= now);
    if (isOver) throw new Conflict(`Token "${held.name}" is revoked or expired. Create a new one.`);
    const rotated = await tx.prisma.apiToken.update({
      where: { id },
      data: {
        hash: hashToken(token),
        rotatedAt: now,
        previousHash: overlapSeconds > 0 ? held.hash : null,
        previousUntil: overlapSeconds > 0 ? new Date(now.getTime() + overlapSeconds * 1000) : null,
      },
      omit: { hash: true, previousHash: true },
    });
    if (overlapSeconds === 0) await endLiveSessions(tx, { tokenId: id }, ctx);
    const [before, after] = [held, rotated].map(({ rotatedAt, previousUntil }) => ({ id, rotatedAt, previousUntil }));
    await recordAct(tx, ctx, { act: "token.rotated", name: held.name, before: before ?? null, after: after ?? null });
    return { ...(rotated as TokenInfo), token };
  });
}
