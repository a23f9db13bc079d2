import { readCauseKey } from "#domain/incident.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";
import { loadIncidentLanes } from "#server/explain/index.ts";

/** What was usual before the onset, and how it went on after the end. */
const marginMs = 30 * 60_000;
/** No onset is sought longer before the page. */
const lookBackMs = 8 * 3_600_000;
/** An incident of weeks is sampled less often as it goes on, and after a month not at all: at most about 4,300 rows. */
const steps = [
  { upToHours: 24, everyMinutes: 1 },
  { upToHours: 7 * 24, everyMinutes: 5 },
  { upToHours: 31 * 24, everyMinutes: 30 },
];

interface RunningIncident {
  id: bigint;
  causeKey: string;
  since: Date;
  openedAt: Date;
  lastAt: Date | null;
  /** Lanes were sampled between the onset and its first sample: the onset was found to be earlier. */
  isCut: boolean;
}

/** Keeps the newest minutes of every incident that is open, or ended a moment ago. Twice is once. */
export async function recordIncidentSamples(sql: Sql, now: Date): Promise<void> {
  const { rows } = await sql.query<RunningIncident>(
    `SELECT i.id, i.cause_key AS "causeKey", i.since, i.opened_at AS "openedAt", kept.last AS "lastAt",
            EXISTS (SELECT FROM lane_sample m
                     WHERE m.at > greatest(i.since, i.opened_at - $2::interval) AND m.at < kept.first) AS "isCut"
       FROM incident i
      CROSS JOIN LATERAL (SELECT min(at) AS first, max(at) AS last FROM incident_sample s WHERE s.incident_id = i.id) kept
      WHERE (i.resolved_at IS NULL OR i.resolved_at > $1::timestamptz - $3::interval
             -- of before they were kept, while the lanes still have them
             OR (kept.last IS NULL AND i.resolved_at > $1::timestamptz - interval '1 day'))
        AND i.opened_at > $1::timestamptz - $4::interval
      ORDER BY i.id`,
    [now, interval(lookBackMs), interval(marginMs), interval((steps.at(-1)?.upToHours ?? 0) * 3_600_000)],
  );
  for (const incident of rows) await recordOne(sql, incident, now);
}

const laneRows = bulkRows({ eventTypeId: "int", datacenterId: "int" });

async function recordOne(sql: Sql, { id, causeKey, since, openedAt, lastAt, isCut }: RunningIncident, now: Date) {
  const ageHours = (now.getTime() - openedAt.getTime()) / 3_600_000;
  const everyMinutes = steps.find(({ upToHours }) => ageHours < upToHours)?.everyMinutes ?? 30;
  const key = readCauseKey(causeKey);
  const lanes = key.trouble === "blind" ? [] : await loadIncidentLanes(sql, id, key);
  const startMs = Math.max(since.getTime(), openedAt.getTime() - lookBackMs) - marginMs;
  const after = lastAt === null || isCut ? new Date(startMs) : lastAt;
  await sql.query(
    `WITH lane AS (
       SELECT * FROM ${laneRows.from("l", 2)}
     ), minute AS (
       SELECT DISTINCT at FROM lane_sample WHERE at > $4 AND at <= $5 AND date_part('minute', at)::int % $6 = 0
     ), place AS (
       SELECT m.at, m.datacenter_id, max(extract(epoch FROM m.at - s.watermark))::int AS lag,
              -- a lane of which either count is unknown adds nothing
              sum(greatest(0, s.produced - s.delivered))::bigint AS waiting
         FROM lane_sample m
        CROSS JOIN LATERAL unnest(m.event_type_ids, m.watermarks, m.produced, m.delivered)
                AS s(event_type_id, watermark, produced, delivered)
         JOIN lane ON lane.event_type_id = s.event_type_id AND lane.datacenter_id = m.datacenter_id
        WHERE m.datacenter_id = ANY ($3) AND m.at IN (SELECT at FROM minute)
        GROUP BY 1, 2
     ), change AS (
       SELECT t.at, CASE WHEN t.to_state IN ('firing', 'recovering') THEN 1 ELSE -1 END AS delta
         FROM incident_alert a JOIN alert_transition t ON t.fingerprint = a.fingerprint AND t.incident_id = a.incident_id
        WHERE a.incident_id = $1
          AND (t.to_state IN ('firing', 'recovering')) <> (t.from_state IN ('firing', 'recovering'))
     )
     INSERT INTO incident_sample (incident_id, at, firing, waiting, datacenter_ids, lag_seconds)
     SELECT $1, minute.at, greatest(0, (SELECT coalesce(sum(delta), 0) FROM change WHERE change.at <= minute.at)),
            sum(place.waiting)::bigint,
            coalesce(array_agg(place.datacenter_id ORDER BY place.datacenter_id) FILTER (WHERE place.datacenter_id IS NOT NULL), '{}'),
            coalesce(array_agg(place.lag ORDER BY place.datacenter_id) FILTER (WHERE place.datacenter_id IS NOT NULL), '{}')
       FROM minute LEFT JOIN place ON place.at = minute.at
      GROUP BY minute.at
     -- a former holder of the lease kept this minute, or it was kept before the onset moved
     ON CONFLICT DO NOTHING`,
    [id, ...laneRows.values(lanes), after, now, everyMinutes],
  );
}

function interval(ms: number): string {
  return `${ms / 1_000} seconds`;
}
