import { type NameKind, nameKinds } from "#domain/name-limits.ts";
import type { Database, Sql } from "#server/db/database.ts";
import type { Names } from "./names.ts";

const maxCached = 500_000;
type Ids = Record<NameKind, Map<string, number>>;
const caches = new WeakMap<Database, Ids>();

const insertStatements: Record<NameKind, string> = {
  event_type: `INSERT INTO event_type (name, discovered_at) SELECT name, $2 FROM unnest($1::text[]) AS n(name) ORDER BY name
               ON CONFLICT (name) DO NOTHING`,
  datacenter: `INSERT INTO datacenter (name, discovered_at) SELECT name, $2 FROM unnest($1::text[]) AS n(name) ORDER BY name
               ON CONFLICT (name) DO NOTHING`,
  reporter: `INSERT INTO reporter (name) SELECT name FROM unnest($1::text[]) AS n(name) WHERE $2::timestamptz IS NOT NULL
             ORDER BY name ON CONFLICT (name) DO NOTHING`,
};

/** Registers names; an unknown type or datacenter is registered as `discovered`. */
export async function insertNames(sql: Sql, kind: NameKind, names: readonly string[], now: Date): Promise<void> {
  await sql.query(insertStatements[kind], [names, now]);
}

/** Which are registered. */
export async function readKnownNames(sql: Sql, kind: NameKind, names: ReadonlySet<string>): Promise<Set<string>> {
  if (names.size === 0) return new Set();
  const { rows } = await sql.query<{ name: string }>(`SELECT name FROM ${kind} WHERE name = ANY ($1)`, [[...names]]);
  return new Set(rows.map(({ name }) => name));
}

/** Whether all names are registered. Reads the database only for names not in this process's cache. */
export async function areKnown(database: Database, names: Names): Promise<boolean> {
  const unknown = await Promise.all(nameKinds.map((kind) => readMissing(database, kind, names[kind])));
  return unknown.every(({ missing }) => missing.length === 0);
}

/**
 * Returns the ids of names, registering missing ones regardless of the budget: admitNames has checked it, and a name deleted
 * since was paid for. Committed before the facts that use the ids, so a cached id is always in the database.
 */
export async function internNames(
  database: Database,
  kind: NameKind,
  names: ReadonlySet<string>,
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const { cache, missing } = await readMissing(database, kind, names);
  if (missing.length > 0) {
    await insertNames(database.sql, kind, missing, now);
    await readIds(database, kind, missing, cache);
  }
  return cache;
}

/** A deleted name that is discovered again has a new id. Running batches keep the caches they have. */
export function forgetNames(database: Database): void {
  caches.delete(database);
}

/** A cache of all registered names, and the names that are missing. */
async function readMissing(database: Database, kind: NameKind, names: ReadonlySet<string>) {
  const tables = cacheOf(database);
  let cache = tables[kind];
  let wanted: string[] = [];
  for (const name of names) if (!cache.has(name)) wanted.push(name);
  if (wanted.length === 0) return { cache, missing: wanted };
  // Bounds memory against a sender of endless new names.
  if (cache.size + wanted.length > maxCached) {
    // A new map: another running batch may still read the old one.
    cache = new Map();
    tables[kind] = cache;
    wanted = [...names];
  }
  await readIds(database, kind, wanted, cache);
  return { cache, missing: wanted.filter((name) => !cache.has(name)) };
}

async function readIds(database: Database, kind: NameKind, names: readonly string[], into: Map<string, number>) {
  const { rows } = await database.sql.query<{ id: number; name: string }>(
    `SELECT id, name FROM ${kind} WHERE name = ANY ($1)`,
    [names],
  );
  for (const row of rows) into.set(row.name, row.id);
}

function cacheOf(database: Database): Ids {
  let cache = caches.get(database);
  if (!cache) {
    cache = { event_type: new Map(), datacenter: new Map(), reporter: new Map() };
    caches.set(database, cache);
  }
  return cache;
}
