import type { DeploymentFact, InstanceFact } from "#domain/explain.ts";
import { type Stage, stages } from "#domain/protocol.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourKey, hourKeys, keyColumns } from "#server/verdicts/index.ts";

/** Datacenter → when it was last heard from. */
export async function loadDatacenters(sql: Sql): Promise<ReadonlyMap<string, Date | null>> {
  const { rows } = await sql.query<{ name: string; lastSeenAt: Date | null }>(
    `SELECT name, last_seen_at AS "lastSeenAt" FROM datacenter`,
  );
  return new Map(rows.map(({ name, lastSeenAt }) => [name, lastSeenAt]));
}

export type PlacedInstance = InstanceFact & { datacenter: string };

// Enough hours to see who counts what; a thousand would add nothing.
const hoursToLearnFrom = 12;

/**
 * What runs where, and which stage each component counts: that of the reporters whose names contain the component's, as in
 * `lon/exporter-1`. A component without such a reporter has no stage.
 */
export async function loadInstances(sql: Sql, keys: readonly HourKey[]): Promise<PlacedInstance[]> {
  const { rows } = await sql.query<Omit<PlacedInstance, "stage"> & { stage: number | null }>(
    `WITH key AS (
       SELECT * FROM ${hourKeys.from("k")}
     ), counted AS (
       SELECT r.reporter_id, r.stage
         FROM key k JOIN report r ON r.event_type_id = k.event_type_id AND r.hour = k.hour AND r.hour BETWEEN $3 AND $4
        UNION
       SELECT u.reporter_id, u.stage
         FROM key k
         JOIN report_packed p ON p.event_type_id = k.event_type_id AND p.hour = k.hour AND p.hour BETWEEN $3 AND $4
        CROSS JOIN LATERAL unnest(p.reporter_ids, p.stages) AS u(reporter_id, stage)
     ), staged AS (
       SELECT c.component, mode() WITHIN GROUP (ORDER BY counted.stage) AS stage
         FROM counted JOIN reporter ON reporter.id = counted.reporter_id
         JOIN (SELECT DISTINCT component FROM component_instance) c ON strpos(reporter.name, c.component) > 0
        GROUP BY 1
     )
     SELECT d.name AS datacenter, c.component, c.instance, c.version, c.started_at AS "startedAt",
            c.down_from AS "downFrom", c.last_seen_at AS "lastSeenAt", staged.stage
       FROM component_instance c
       JOIN datacenter d ON d.id = c.datacenter_id
       LEFT JOIN staged ON staged.component = c.component
      ORDER BY d.name, c.component, c.instance`,
    keyColumns(keys.slice(0, hoursToLearnFrom)),
  );
  return rows.map((row) => ({ ...row, stage: row.stage === null ? null : (stages[row.stage - 1] as Stage) }));
}

/** Everywhere, in the range, oldest first. */
export async function loadDeploymentsNear(sql: Sql, from: Date, to: Date): Promise<DeploymentFact[]> {
  return sql.rows<DeploymentFact>(
    `SELECT p.id::text, d.name AS datacenter, p.component, p.version, p.deployed_at AS "deployedAt", p.deployed_by AS "deployedBy"
       FROM deployment p LEFT JOIN datacenter d ON d.id = p.datacenter_id
      WHERE p.deployed_at BETWEEN $1 AND $2 ORDER BY p.deployed_at, p.id`,
    [from, to],
  );
}

/** Since when deployments are known; null: none is. */
export async function loadFirstDeployment(sql: Sql): Promise<Date | null> {
  const { rows } = await sql.query<{ at: Date | null }>("SELECT min(deployed_at) AS at FROM deployment");
  return rows[0]?.at ?? null;
}
