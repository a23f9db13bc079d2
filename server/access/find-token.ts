import type { Sql } from "#server/db/database.ts";
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
export async function findToken(sql: Sql, key: { hash: Buffer } | { id: string }): Promise<StoredToken | null> {
  const { rows } = await sql.query<StoredToken>(
    `SELECT id, name, scopes, expires_at AS "expiresAt", datacenters, event_types AS "eventTypes"
       FROM api_token
      WHERE (hash = $1 OR id = $2) AND revoked_at IS NULL`,
    ["hash" in key ? key.hash : null, "id" in key ? key.id : null],
  );
  return rows[0] ?? null;
}
