import type { IncidentMarkJson, IncidentSeriesJson } from "#domain/api/incident-series.ts";
import type { SituationJson } from "#domain/api/situation.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { Invalid } from "#server/errors.ts";
import { loadDeploymentsNear } from "#server/explain/index.ts";
import { readIncidentId, unknownIncident } from "./find-incident.ts";

/** A chart is no wider: a longer range is thinned to this many minutes. */
const mostPoints = 720;
/** Of one kind. */
const mostMarks = 200;
const marginMs = 30 * 60_000;
const longestMs = 400 * 86_400_000;

interface Range {
  from: Date;
  to: Date;
}

/** How an incident went: its minutes and what happened, in a range; by default from before its onset until after its end. */
export async function readIncidentSeries({
  ctx,
  input,
}: Call<{ id: string; from?: Date | undefined; to?: Date | undefined }>): Promise<IncidentSeriesJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const id = readIncidentId(input.id);
  const [incident] = await sql.rows<{ situation: SituationJson; since: Date; openedAt: Date; resolvedAt: Date | null }>(
    `SELECT situation, since, opened_at AS "openedAt", resolved_at AS "resolvedAt" FROM incident WHERE id = $1`,
    [id],
  );
  if (!incident) throw unknownIncident(input.id);
  const endMs = Math.min(ctx.clock.now().getTime(), (incident.resolvedAt?.getTime() ?? Infinity) + marginMs);
  const startMs = Math.min(incident.since.getTime(), incident.openedAt.getTime()) - marginMs;
  const range = { from: input.from ?? new Date(startMs), to: input.to ?? new Date(endMs) };
  checkRange(range);
  const stepMinutes = Math.max(1, Math.ceil((range.to.getTime() - range.from.getTime()) / 60_000 / mostPoints));
  const [samples, marks, deployments] = await Promise.all([
    loadSamples(sql, id, range, stepMinutes),
    loadMarks(sql, id, range),
    loadDeployments(sql, incident.situation, range),
  ]);
  const datacenters = [...new Set(samples.flatMap((sample) => sample.datacenters))].sort();
  return {
    from: formatInstant(range.from),
    to: formatInstant(range.to),
    stepSeconds: stepMinutes * 60,
    datacenters,
    points: samples.map(({ at, firing, waiting, datacenters: names, lags }) => ({
      at: formatInstant(at),
      firing,
      waiting: waiting === null ? null : Number(waiting),
      lagSeconds: datacenters.map((name) => lags[names.indexOf(name)] ?? null),
    })),
    marks: [...marks, ...deployments].sort((a, b) => a.at.localeCompare(b.at)),
  };
}

function checkRange({ from, to }: Range): void {
  if (from >= to) throw new Invalid("`from` is not before `to`.");
  if (to.getTime() - from.getTime() > longestMs) throw new Invalid("The range is longer than 400 days.");
}

interface SampleRow {
  at: Date;
  firing: number;
  waiting: bigint | null;
  datacenters: string[];
  lags: (number | null)[];
}

async function loadSamples(sql: Sql, id: bigint, { from, to }: Range, stepMinutes: number): Promise<SampleRow[]> {
  return sql.rows<SampleRow>(
    `WITH kept AS (
       -- the last of every step
       SELECT DISTINCT ON (floor(extract(epoch FROM at) / ($4 * 60))) at, firing, waiting, datacenter_ids, lag_seconds
         FROM incident_sample WHERE incident_id = $1 AND at BETWEEN $2 AND $3
        ORDER BY floor(extract(epoch FROM at) / ($4 * 60)), at DESC
     )
     SELECT kept.at, kept.firing, kept.waiting, place.names AS datacenters, place.lags
       FROM kept
      CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(d.name ORDER BY d.name), '{}') AS names, coalesce(array_agg(s.lag ORDER BY d.name), '{}') AS lags
          FROM unnest(kept.datacenter_ids, kept.lag_seconds) AS s(id, lag) JOIN datacenter d ON d.id = s.id) place
      ORDER BY kept.at`,
    [id, from, to, stepMinutes],
  );
}

/** What people did, what was sent, and when affected hours closed: those of one minute are one mark. */
async function loadMarks(sql: Sql, id: bigint, { from, to }: Range): Promise<IncidentMarkJson[]> {
  const { rows } = await sql.query<Omit<IncidentMarkJson, "at"> & { at: Date }>(
    `WITH act AS (
       SELECT at, 'act' AS kind, left(message, 200) || ' ' || actor AS text FROM incident_event
        WHERE incident_id = $1 AND at BETWEEN $2 AND $3
          AND kind IN ('acknowledged', 'assigned', 'note', 'snoozed', 'unsnoozed', 'resolved')
        ORDER BY id LIMIT $4
     ), sent AS (
       SELECT sent_at AS at, 'notification' AS kind, receiver || ': ' || kind AS text FROM delivery
        WHERE incident_id = $1 AND sent_at BETWEEN $2 AND $3 ORDER BY id LIMIT $4
     ), closing AS (
       SELECT date_trunc('minute', v.closed_at) AS at, 'closing' AS kind,
              CASE count(*) WHEN 1 THEN min(t.name) || ' ' || to_char(min(v.hour) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24') || ' closed'
                            ELSE count(*) || ' hours closed' END AS text
         FROM incident_hour h
         JOIN verdict v ON v.event_type_id = h.event_type_id AND v.hour = h.hour
         JOIN event_type t ON t.id = h.event_type_id
        WHERE h.incident_id = $1 AND v.closed_at BETWEEN $2 AND $3
          -- leaves other months' partitions out
          AND v.hour BETWEEN (SELECT min(hour) FROM incident_hour WHERE incident_id = $1)
                         AND (SELECT max(hour) FROM incident_hour WHERE incident_id = $1)
        GROUP BY 1 ORDER BY 1 LIMIT $4
     )
     SELECT * FROM act UNION ALL SELECT * FROM sent UNION ALL SELECT * FROM closing`,
    [id, from, to, mostMarks],
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: formatInstant(at) }));
}

/** At its datacenters, or everywhere. */
async function loadDeployments(sql: Sql, { extent }: SituationJson, { from, to }: Range): Promise<IncidentMarkJson[]> {
  const deployments = await loadDeploymentsNear(sql, from, to);
  return deployments
    .filter(({ datacenter }) => datacenter === null || extent.datacenters.includes(datacenter))
    .slice(0, mostMarks)
    .map(({ deployedAt, component, version, datacenter }) => ({
      at: formatInstant(deployedAt),
      kind: "deployment" as const,
      text: `${component} ${version} ${datacenter === null ? "everywhere" : `at ${datacenter}`}`,
    }));
}
