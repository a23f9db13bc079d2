import type { Context } from "#server/access/index.ts";
import { type Database, type DatabaseOptions, openDatabase } from "#server/db/database.ts";
import { openPastReads, type PastReads } from "#server/db/replica.ts";

/**
 * Connections for visitors of an open dashboard, apart from those of people who signed in and of machines: however many visitors ask, these
 * are the most that they occupy.
 */
export interface VisitorsReads {
  readonly database: Database;
  readonly past: PastReads;
  close(): Promise<void>;
}

const connections = { primary: 3, replica: 2 };
/** How long a visitor waits for one of them; then the answer is 503. */
const waitMs = 5_000;

export function openVisitorsReads(url: string, replicaUrl: string | null, options: DatabaseOptions): VisitorsReads {
  const applicationName = "tidemark web visitors";
  const database = openDatabase(url, { ...options, applicationName, maxConnections: connections.primary, waitMs });
  const past = openPastReads(replicaUrl, connections.replica);
  return {
    database,
    past,
    async close() {
      await Promise.all([database.close(), past.close()]);
    },
  };
}

/** `caller`: null for a visitor without a cookie yet. */
export function databaseFor(
  caller: NonNullable<Context["caller"]> | null,
  deps: { readonly database: Database; readonly visitors?: VisitorsReads },
): Database {
  const isVisitor = caller === null || caller.kind === "visitor";
  return isVisitor && deps.visitors ? deps.visitors.database : deps.database;
}
