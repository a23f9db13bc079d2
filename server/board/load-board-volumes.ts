import type { BoardDatacenterJson } from "#domain/api/board.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import type { Context } from "#server/access/index.ts";
import type { Database } from "#server/db/database.ts";

type Volume = NonNullable<BoardDatacenterJson["volume"]>;

/** Hours back to find a closed one, and weeks that show what is usual. */
const recentHours = 3;
const weeks = 4;
/** One week shows nothing usual. */
const fewestWeeks = 2;
/** Below it, missing events would be the hour's rather than the traffic's. */
const closedShare = 0.9;

type Volumes = ReadonlyMap<string, Volume>;

/** How long a reading is current. It is still served while being refreshed, so only the first request waits. */
const goodForMs = 60_000;
const shownForMs = 5 * 60_000;
const shownForRealMs = 5_000;

interface Reading {
  at: number;
  volumes: Promise<Volumes>;
  /** The running refresh. */
  next: Promise<Volumes> | null;
}

const readings = new WeakMap<Database, Reading>();

/**
 * By datacenter: delivered against usual counts, see the API's schema. Closed hours hardly change, and the statement
 * reads some 17,500 lanes for 500 types, so it runs once a minute of the product's clock.
 */
export function loadBoardVolumes({ database, clock }: Context): Promise<Volumes> {
  const now = clock.now();
  const known = readings.get(database);
  const ageMs = known ? Math.abs(now.getTime() - known.at) : Number.POSITIVE_INFINITY;
  if (known && ageMs < goodForMs) return known.volumes;
  if (known && (ageMs < shownForMs || clock.toRealMs(ageMs) < shownForRealMs)) {
    known.next ??= readAnew(database, now);
    return known.volumes;
  }
  return known?.next ?? readAnew(database, now);
}

function readAnew(database: Database, now: Date): Promise<Volumes> {
  const before = readings.get(database);
  const volumes = readVolumes(database, now);
  const reading = { at: now.getTime(), volumes, next: null };
  if (!before) readings.set(database, reading);
  volumes.then(
    () => readings.set(database, reading),
    // The next request retries.
    () => readings.delete(database),
  );
  return volumes;
}

async function readVolumes({ sql }: Database, now: Date): Promise<Volumes> {
  const last = addHours(hourOf(now), -1);
  const { rows } = await sql.query<{ dc: string; hour: Date; delivered: number; usual: number; weeks: number }>(
    `WITH recent AS (
       SELECT datacenter_id, hour, event_type_id, closed_at IS NOT NULL AS closed, delivered::float8 AS delivered
         FROM verdict_lane WHERE hour BETWEEN $1 AND $2
     ), chosen AS (
       -- of each datacenter the newest hour that it closed for nearly all
       SELECT datacenter_id, max(hour) AS hour
         FROM (SELECT datacenter_id, hour FROM recent GROUP BY 1, 2 HAVING avg(closed::int) >= $3) closed
        GROUP BY 1
     ), lane AS (
       -- the chosen hours (0 weeks back) and those before them. OFFSET 0 and LIMIT say to the planner that they are a
       -- dozen: else it reads every lane there is
       SELECT h.hour, week.back, l.datacenter_id, l.event_type_id, l.delivered::float8 AS delivered
         FROM (SELECT DISTINCT hour FROM chosen LIMIT $6) h
        CROSS JOIN generate_series(0, $4::int) AS week(back)
        CROSS JOIN LATERAL (SELECT * FROM verdict_lane v WHERE v.hour = h.hour - make_interval(weeks => week.back) OFFSET 0) l
        WHERE l.closed_at IS NOT NULL
          AND (week.back = 0
               OR NOT EXISTS (SELECT FROM volume_exclusion x
                               WHERE x.removed_at IS NULL AND x.from_at < l.hour + interval '1 hour' AND x.to_at > l.hour
                                 AND (x.event_type_id IS NULL OR x.event_type_id = l.event_type_id)
                                 AND (x.datacenter_id IS NULL OR x.datacenter_id = l.datacenter_id)))
     ), usual AS (
       SELECT datacenter_id, hour, event_type_id, max(delivered) FILTER (WHERE back = 0) AS delivered,
              count(*) FILTER (WHERE back > 0)::int AS weeks,
              percentile_cont(0.5) WITHIN GROUP (ORDER BY delivered) FILTER (WHERE back > 0) AS median
         FROM lane GROUP BY 1, 2, 3
     )
     SELECT d.name AS dc, c.hour, sum(u.delivered) AS delivered, sum(u.median) AS usual, max(u.weeks) AS weeks
       FROM chosen c
       JOIN datacenter d ON d.id = c.datacenter_id
       JOIN usual u ON u.datacenter_id = c.datacenter_id AND u.hour = c.hour
        -- against nothing there is no comparing
        AND u.delivered IS NOT NULL AND u.weeks >= $5 AND u.median > 0
      GROUP BY 1, 2`,
    [addHours(last, 1 - recentHours), last, closedShare, weeks, fewestWeeks, recentHours],
  );
  return new Map(rows.map(({ dc, hour, ...figures }) => [dc, { hour: formatHour(hour), ...figures }]));
}
