import { createHash, randomBytes } from "node:crypto";
import type { Nouns } from "#server/db/database.ts";

const lifetimeMs = 24 * 3_600_000;
const keptMs = 90 * 86_400_000;

/** A one-time link's secret. The database stores its hash. */
export interface SignInLink {
  readonly code: string;
  readonly expiresAt: Date;
}

export function hashCode(code: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(code).digest() as Buffer<ArrayBuffer>;
}

/** In the fragment, which browsers send to no server: it reaches no log. */
export function linkPath(code: string): string {
  return `/sign-in/link#${code}`;
}

/** Replaces the links that the person, or the first owner (null), has not used. */
export async function createLink({ prisma }: Nouns, personId: string | null, createdBy: string): Promise<SignInLink> {
  const createdAt = new Date();
  const code = randomBytes(32).toString("base64url");
  const expiresAt = new Date(createdAt.getTime() + lifetimeMs);
  const old = { expiresAt: { lt: new Date(createdAt.getTime() - keptMs) } };
  await prisma.signInLink.deleteMany({ where: { OR: [{ personId, usedAt: null }, old] } });
  await prisma.signInLink.create({ data: { hash: hashCode(code), personId, createdAt, createdBy, expiresAt } });
  return { code, expiresAt };
}
