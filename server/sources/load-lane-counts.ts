import { addHours, type Hour } from "#domain/hour.ts";
import { type CountName, countedBy, type LaneCount } from "#domain/source/lane-count.ts";
import type { Sql } from "#server/db/database.ts";

export interface LaneCountsInput {
  /** The first hour, and the last. */
  from: Date;
  to: Date;
  /** By name; null: all. */
  eventTypes: readonly string[] | null;
}

/** Event type → datacenter → what sources counted there. */
export type LaneCounts = ReadonlyMap<string, ReadonlyMap<string, readonly LaneCount[]>>;

interface Row {
  eventType: string;
  datacenter: string;
  metric: string;
  hour: Hour;
  count: number;
  resource: string;
  sharedBy: number;
}

const names = new Map(Object.entries(countedBy).map(([name, metric]) => [metric as string, name as CountName]));

/** What sources counted in the hours, by the lanes that each resource feeds now. */
export async function loadLaneCounts(sql: Sql, { from, to, eventTypes }: LaneCountsInput): Promise<LaneCounts> {
  const { rows } = await sql.query<Row>(
    // two sources may read one resource: it is counted once
    `SELECT l.event_type AS "eventType", l.datacenter, c.metric, c.hour, max(c.count)::float8 AS count,
            concat(c.kind, ' ', c.resource) AS resource, max(shared.types)::int AS "sharedBy"
       FROM source_count c
       JOIN source_lane l ON l.source = c.source AND l.kind = c.kind AND l.resource = c.resource
      CROSS JOIN LATERAL (SELECT count(DISTINCT s.event_type) AS types FROM source_lane s
                           WHERE s.source = c.source AND s.kind = c.kind AND s.resource = c.resource) shared
      WHERE c.hour BETWEEN $1 AND $2 AND c.metric = ANY ($3) AND c.count > 0 AND ($4::text[] IS NULL OR l.event_type = ANY ($4))
      GROUP BY l.event_type, l.datacenter, c.metric, c.hour, c.kind, c.resource
      ORDER BY l.event_type, l.datacenter, c.hour, c.metric, c.resource`,
    [from, to, [...names.keys()], eventTypes],
  );
  const byType = Map.groupBy(rows, ({ eventType }) => eventType);
  return new Map(
    [...byType].map(([eventType, ofType]) => {
      const byPlace = Map.groupBy(ofType, ({ datacenter }) => datacenter);
      return [eventType, new Map([...byPlace].map(([name, found]) => [name, found.map(toCount)]))];
    }),
  );
}

/** What was counted of a lane in an hour and the one after it: messages of its last minutes are given up, or late, in the next. */
export function countsAround(
  counts: LaneCounts,
  { eventType, datacenter, hour }: { eventType: string; datacenter: string; hour: Date },
): readonly LaneCount[] {
  const found = counts.get(eventType)?.get(datacenter) ?? [];
  return found.filter((each) => each.hour >= hour && each.hour <= addHours(hour, 1));
}

function toCount({ metric, hour, count, resource, sharedBy }: Row): LaneCount {
  return { name: names.get(metric) as CountName, hour, count, resource, sharedBy };
}

/** The lanes that sources could count something of: a count that is missing there says nothing. As `type` and datacenter. */
export async function loadCountableLanes(sql: Sql): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<{ eventType: string; datacenter: string }>(
    `SELECT DISTINCT event_type AS "eventType", datacenter FROM source_lane WHERE kind IN ('subscription', 'job')`,
  );
  return new Set(rows.map(({ eventType, datacenter }) => laneName(eventType, datacenter)));
}

export function laneName(eventType: string, datacenter: string): string {
  return JSON.stringify([eventType, datacenter]);
}
