import type { Scope } from "#domain/access/scope.ts";
import type { Nouns } from "#server/db/database.ts";
import type { IngestLimits } from "./context.ts";

/** What the check needs of a token. */
export interface StoredToken extends IngestLimits {
  readonly id: string;
  readonly name: string;
  readonly scopes: Scope[];
  /** Whose objects it may change; empty: everyone's. */
  readonly teams: readonly string[];
  /** Of the token, or of the secret that was given, whichever is earlier. */
  readonly expiresAt: Date | null;
}

/** An unrevoked token, by one of its secrets or, for a session, by its id; null if there is none. */
export async function findToken(
  { prisma }: Nouns,
  key: { hash: Uint8Array<ArrayBuffer> } | { id: string },
): Promise<StoredToken | null> {
  const where = "id" in key ? key : { OR: [key, { previousHash: key.hash }] };
  const found = await prisma.apiToken.findFirst({ where: { ...where, revokedAt: null } });
  if (found === null) return null;
  const { hash, previousHash: _, previousUntil, ...token } = found;
  const isOldSecret = "hash" in key && !Buffer.from(key.hash).equals(hash);
  const expiresAt = isOldSecret ? earlier(token.expiresAt, previousUntil) : token.expiresAt;
  return { ...token, expiresAt } as StoredToken;
}

function earlier(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other < one) ? other : one;
}

/** Records a token's last use. */
export async function touchToken({ prisma }: Nouns, id: string, usedAt: Date): Promise<void> {
  // Several processes note the same token: the latest use stays.
  const unused = [{ lastUsedAt: null }, { lastUsedAt: { lt: usedAt } }];
  await prisma.apiToken.updateMany({ where: { id, OR: unused }, data: { lastUsedAt: usedAt } });
}
