import { hourOf } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import { loadUsualDelays, type UsualDelay } from "#server/facts/index.ts";
import type { LoadedType } from "./load-types.ts";

/** Fewer say nothing. */
const leastSteps = 6;

interface Remembered {
  hourMs: number;
  /** Type id → datacenter → its usual delay. */
  delays: Map<number, ReadonlyMap<string, UsualDelay>>;
}

// Cached per database: it changes hourly and is read every second. Losing it with the process costs one statement.
const remembered = new WeakMap<object, Remembered>();

/** The types with each lane's usual closing delay. `owner`: the database behind `sql`, as cache key. */
export async function withUsualDelays(owner: object, sql: Sql, types: LoadedType[], now: Date): Promise<LoadedType[]> {
  const hourMs = hourOf(now).getTime();
  let memory = remembered.get(owner);
  if (!memory || memory.hourMs !== hourMs) {
    memory = { hourMs, delays: new Map() };
    remembered.set(owner, memory);
  }
  const { delays } = memory;
  const missing = types.filter(({ id }) => !delays.has(id)).map(({ id }) => id);
  if (missing.length > 0) {
    const found = await loadUsualDelays(sql, missing, new Date(hourMs));
    for (const id of missing) delays.set(id, known(found.get(id)));
  }
  return types.map((type) => ({
    ...type,
    lanes: type.lanes.map((lane) => ({ ...lane, usualDelay: delays.get(type.id)?.get(lane.datacenter) ?? null })),
  }));
}

function known(lanes: ReadonlyMap<string, UsualDelay> = new Map()): ReadonlyMap<string, UsualDelay> {
  return new Map([...lanes].filter(([, { hours }]) => hours >= leastSteps));
}
