import type { Nouns } from "#server/db/database.ts";
import type { IngestLimits } from "./context.ts";
import type { Scope } from "./scope.ts";

/** What the check needs of a token. */
export interface StoredToken extends IngestLimits {
  readonly id: string;
  readonly name: string;
  readonly scopes: Scope[];
  readonly expiresAt: Date | null;
}

/** An unrevoked token, by its hash or, for a session, by its id; null if there is none. */
export async function findToken(
  { prisma }: Nouns,
  key: { hash: Uint8Array<ArrayBuffer> } | { id: string },
): Promise<StoredToken | null> {
  const token = await prisma.apiToken.findFirst({ where: { ...key, revokedAt: null }, omit: { hash: true } });
  return token as StoredToken | null;
}

/** Records a token's last use. */
export async function touchToken({ prisma }: Nouns, id: string, usedAt: Date): Promise<void> {
  // Several processes note the same token: the latest use stays.
  const unused = [{ lastUsedAt: null }, { lastUsedAt: { lt: usedAt } }];
  await prisma.apiToken.updateMany({ where: { id, OR: unused }, data: { lastUsedAt: usedAt } });
}
