import type { DeploymentJson } from "#domain/api/catalogue.ts";
import { maxNamedInstances } from "#domain/api/running-versions.ts";
import { silentAfterSeconds } from "#domain/reasons.ts";
import type { VersionSeen } from "#domain/running-versions.ts";
import type { Sql } from "#server/db/database.ts";
import type { PageInput } from "#server/page.ts";

/** Without a datacenter: deployed everywhere, heard nowhere. It sorts before all datacenters. */
export interface RunningKey {
  readonly component: string;
  readonly datacenter: string;
}

export interface RunningVersion extends VersionSeen {
  readonly heard: number;
  readonly silent: number;
  readonly startedAt: Date | null;
  readonly names: readonly string[];
}

export interface RunningLane {
  readonly component: string;
  readonly datacenter: string | null;
  readonly declared: DeploymentJson | null;
  readonly versions: readonly RunningVersion[];
}

interface LaneQuery extends PageInput<RunningKey> {
  readonly datacenter?: string | undefined;
  readonly component?: string | undefined;
  readonly now: Date;
  readonly deployedFrom: Date;
}

type Row = Omit<RunningLane, "versions"> & { versions: (Omit<RunningVersion, keyof Dates> & Dates)[] };
interface Dates {
  lastSeenAt: string;
  declaredAt: string | null;
  startedAt: string | null;
}

/** Components by name and datacenter, each with the deployment in force and the versions that its instances report. */
export async function loadRunningLanes(sql: Sql, query: LaneQuery): Promise<RunningLane[]> {
  const { after, limit, datacenter = null, component = null, now, deployedFrom } = query;
  const heardSince = new Date(now.getTime() - silentAfterSeconds * 1_000);
  const { rows } = await sql.query<Row>(
    `WITH known AS (
       SELECT component, datacenter_id FROM component_instance
        UNION
       SELECT component, datacenter_id FROM deployment
        WHERE datacenter_id IS NOT NULL AND deployed_at BETWEEN $7 AND $6
     ), placed AS (
       SELECT k.component, k.datacenter_id, d.name AS datacenter FROM known k JOIN datacenter d ON d.id = k.datacenter_id
        UNION ALL
       -- said of no datacenter, and known at none
       SELECT DISTINCT p.component, NULL::integer, NULL::text FROM deployment p
        WHERE p.datacenter_id IS NULL AND p.deployed_at BETWEEN $7 AND $6
          AND NOT EXISTS (SELECT FROM known k WHERE k.component = p.component)
     ), lane AS (
       SELECT * FROM placed
        WHERE ($1::text IS NULL OR datacenter = $1) AND ($2::text IS NULL OR component = $2)
          AND ($3::text IS NULL OR (component COLLATE "C", coalesce(datacenter, '') COLLATE "C") > ($3, $4))
        ORDER BY component COLLATE "C", coalesce(datacenter, '') COLLATE "C" LIMIT $5
     )
     SELECT lane.component, lane.datacenter, declared.json AS declared, coalesce(seen.json, '[]') AS versions
       FROM lane
       LEFT JOIN LATERAL (
         SELECT jsonb_build_object('id', p.id::text, 'datacenter', d.name, 'component', p.component, 'version', p.version,
                                   'deployedAt', ${instantOf("p.deployed_at")}, 'deployedBy', p.deployed_by, 'url', p.url) AS json
           FROM deployment p LEFT JOIN datacenter d ON d.id = p.datacenter_id
          WHERE p.component = lane.component AND (p.datacenter_id = lane.datacenter_id OR p.datacenter_id IS NULL)
            AND p.deployed_at <= $6
          ORDER BY p.deployed_at DESC, p.id DESC LIMIT 1
       ) declared ON true
       LEFT JOIN LATERAL (
         SELECT jsonb_agg(jsonb_build_object(
                  'version', v.version, 'heard', v.heard, 'silent', v.silent, 'names', to_jsonb(v.names),
                  'startedAt', ${instantOf("v.started_at")}, 'lastSeenAt', ${instantOf("v.last_seen_at")},
                  'declaredAt', ${instantOf("p.deployed_at")}) ORDER BY v.heard DESC, v.version) AS json
           FROM (
             SELECT c.version, min(c.started_at) AS started_at, max(c.last_seen_at) AS last_seen_at,
                    count(*) FILTER (WHERE c.last_seen_at >= $8) AS heard, count(*) FILTER (WHERE c.last_seen_at < $8) AS silent,
                    (array_agg(c.instance ORDER BY c.last_seen_at < $8, c.instance))[1:${maxNamedInstances}] AS names
               FROM component_instance c
              WHERE c.component = lane.component AND c.datacenter_id = lane.datacenter_id
              GROUP BY c.version
           ) v
           LEFT JOIN LATERAL (
             SELECT max(p.deployed_at) AS deployed_at FROM deployment p
              WHERE p.component = lane.component AND (p.datacenter_id = lane.datacenter_id OR p.datacenter_id IS NULL)
                AND p.version = v.version AND p.deployed_at <= $6
           ) p ON true
       ) seen ON true
      ORDER BY lane.component COLLATE "C", coalesce(lane.datacenter, '') COLLATE "C"`,
    [datacenter, component, after?.component ?? null, after?.datacenter ?? null, limit, now, deployedFrom, heardSince],
  );
  return rows.map(({ versions, ...lane }) => ({
    ...lane,
    versions: versions.map((each) => ({
      ...each,
      lastSeenAt: new Date(each.lastSeenAt),
      declaredAt: each.declaredAt === null ? null : new Date(each.declaredAt),
      startedAt: each.startedAt === null ? null : new Date(each.startedAt),
    })),
  }));
}

/** As the API writes instants. */
function instantOf(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
