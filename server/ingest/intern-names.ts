import type { Database } from "#server/db/database.ts";

type NamedTable = "event_type" | "datacenter" | "reporter";

const maxCached = 500_000;
const caches = new WeakMap<Database, Record<NamedTable, Map<string, number>>>();

const insertStatements: Record<NamedTable, string> = {
  event_type: `INSERT INTO event_type (name, discovered_at) SELECT name, $2 FROM unnest($1::text[]) AS n(name) ORDER BY name
               ON CONFLICT (name) DO NOTHING`,
  datacenter: `INSERT INTO datacenter (name, discovered_at) SELECT name, $2 FROM unnest($1::text[]) AS n(name) ORDER BY name
               ON CONFLICT (name) DO NOTHING`,
  reporter: `INSERT INTO reporter (name) SELECT name FROM unnest($1::text[]) AS n(name) WHERE $2::timestamptz IS NOT NULL
             ORDER BY name ON CONFLICT (name) DO NOTHING`,
};

/**
 * The ids of names, registering new ones (an unknown type or datacenter is `discovered`, see the contract).
 * Committed on its own before the facts that use them: an id in the cache is always in the database.
 */
export async function internNames(
  database: Database,
  table: NamedTable,
  names: Iterable<string>,
  now: Date,
): Promise<Map<string, number>> {
  const tables = cacheOf(database);
  let cache = tables[table];
  const missing = [...new Set(names)].filter((name) => !cache.has(name));
  if (missing.length === 0) return cache;
  // A sender of endless new names must not grow this process for ever.
  if (cache.size + missing.length > maxCached) {
    // A new map: another batch under way may still read the old one.
    cache = new Map();
    tables[table] = cache;
  }
  const wanted = cache.size === 0 ? [...new Set(names)] : missing;
  await readIds(database, table, wanted, cache);
  const unknown = wanted.filter((name) => !cache.has(name));
  if (unknown.length > 0) {
    await database.sql.query(insertStatements[table], [unknown, now]);
    await readIds(database, table, unknown, cache);
  }
  return cache;
}

/** What was deleted, and perhaps discovered again since, has another id. Batches under way go on with the caches that they have. */
export function forgetNames(database: Database): void {
  caches.delete(database);
}

async function readIds(database: Database, table: NamedTable, names: string[], into: Map<string, number>) {
  const { rows } = await database.sql.query<{ id: number; name: string }>(
    `SELECT id, name FROM ${table} WHERE name = ANY ($1)`,
    [names],
  );
  for (const row of rows) into.set(row.name, row.id);
}

function cacheOf(database: Database): Record<NamedTable, Map<string, number>> {
  let cache = caches.get(database);
  if (!cache) {
    cache = { event_type: new Map(), datacenter: new Map(), reporter: new Map() };
    caches.set(database, cache);
  }
  return cache;
}
