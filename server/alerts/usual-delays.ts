import type { LaneNow } from "#domain/alert.ts";
import { hourOf } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import type { LoadedType } from "./load-types.ts";

/** Recent steps used to find the usual delay. */
const stepsAsked = 48;
/** Fewer say nothing. */
const leastSteps = 6;

type UsualDelay = NonNullable<LaneNow["usualDelay"]>;

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
    for (const id of missing) delays.set(id, found.get(id) ?? new Map());
  }
  return types.map((type) => ({
    ...type,
    lanes: type.lanes.map((lane) => ({ ...lane, usualDelay: delays.get(type.id)?.get(lane.datacenter) ?? null })),
  }));
}

type Quantiles = UsualDelay & { steps: number };

async function loadUsualDelays(
  sql: Sql,
  ids: readonly number[],
  before: Date,
): Promise<Map<number, ReadonlyMap<string, UsualDelay>>> {
  const { rows } = await sql.query<{ id: number; lanes: Record<string, Quantiles> }>(
    `SELECT w.event_type_id AS id, json_object_agg(d.name, usual.quantiles) AS lanes
       FROM watermark w
       JOIN datacenter d ON d.id = w.datacenter_id
       CROSS JOIN LATERAL (
         SELECT json_build_object('p50Seconds', percentile_cont(0.5) WITHIN GROUP (ORDER BY delay),
                                  'p90Seconds', percentile_cont(0.9) WITHIN GROUP (ORDER BY delay), 'steps', count(*)) AS quantiles
           -- a sender whose clock is behind closes an hour at its end, as verdicts have it
           FROM (SELECT greatest(date_part('epoch', s.closed_at - s.closed_through), 0) AS delay FROM closing_step s
                  WHERE s.event_type_id = w.event_type_id AND s.datacenter_id = w.datacenter_id AND s.closed_through < $2
                  ORDER BY s.closed_through DESC LIMIT $3) steps) usual
      WHERE w.event_type_id = ANY ($1) GROUP BY 1`,
    [ids, before, stepsAsked],
  );
  return new Map(rows.map(({ id, lanes }) => [id, asMap(lanes)]));
}

function asMap(lanes: Record<string, Quantiles>): ReadonlyMap<string, UsualDelay> {
  const known = Object.entries(lanes).filter(([, { steps }]) => steps >= leastSteps);
  return new Map(known.map(([name, { steps: _, ...delay }]) => [name, delay]));
}
