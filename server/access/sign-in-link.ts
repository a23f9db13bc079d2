import { createHash, randomBytes } from "node:crypto";
import type { Sql } from "#server/db/database.ts";

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
export async function createLink(sql: Sql, personId: string | null, createdBy: string): Promise<SignInLink> {
  const createdAt = new Date();
  const code = randomBytes(32).toString("base64url");
  const expiresAt = new Date(createdAt.getTime() + lifetimeMs);
  await sql.query(
    `DELETE FROM sign_in_link
      WHERE (person_id IS NOT DISTINCT FROM $1 AND used_at IS NULL) OR expires_at < $2`,
    [personId, new Date(createdAt.getTime() - keptMs)],
  );
  await sql.query(
    "INSERT INTO sign_in_link (hash, person_id, created_at, created_by, expires_at) VALUES ($1, $2, $3, $4, $5)",
    [hashCode(code), personId, createdAt, createdBy, expiresAt],
  );
  return { code, expiresAt };
}
