import { type AlertFacts, type DatacenterNow, type DeploymentNow, deploymentHours } from "#domain/alert.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import type { LaneCount } from "#domain/source/lane-count.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { laneName, loadCountableLanes, loadLaneCounts } from "#server/sources/index.ts";
import { readLastIngest } from "#server/verdicts/index.ts";
import { type LoadTypesInput, loadTypes } from "./load-types.ts";
import type { Volumes } from "./read-volumes-now.ts";
import { withUsualDelays } from "./usual-delays.ts";

export interface LoadedAlertFacts {
  facts: AlertFacts;
  typeIds: ReadonlyMap<string, number>;
  datacenterIds: ReadonlyMap<string, number>;
}

/** The facts rules evaluate, for some types or all. */
export async function loadAlertFacts(
  sql: Sql,
  input: LoadTypesInput & {
    database: Database;
    volumes: Volumes | null;
    speed: number;
    /** The widest window of rules about what sources count. */
    countedSeconds: number;
    /** Lanes that a source reads without having counted anything are distinguished from those that none reads. */
    withCountable?: boolean;
  },
): Promise<LoadedAlertFacts> {
  const { now, database, volumes } = input;
  const { lastIngestAt } = await readLastIngest(sql, now);
  const heardAt = lastIngestAt && new Date(Math.min(now.getTime(), lastIngestAt.getTime() + forgivenMs(input.speed)));
  const places = await loadDatacenters(sql, now);
  const deployments = await loadDeployments(sql, now);
  const types = await withUsualDelays(database, sql, await loadTypes(sql, input), now);
  const named = input.eventTypeIds === null ? null : types.map(({ eventType }) => eventType);
  const countedOf = await loadCounted(sql, named, input);
  return {
    typeIds: new Map(types.map(({ id, eventType }) => [eventType, id])),
    datacenterIds: new Map(places.map(({ id, name }) => [name, id])),
    facts: {
      now,
      lastIngestAt: heardAt,
      datacenters: places,
      deployments,
      types: types.map((type) => ({
        ...type,
        lanes: type.lanes.map((lane) => ({ ...lane, counted: countedOf(type.eventType, lane.datacenter) })),
        volumes: volumes && (volumes.get(type.eventType) ?? []),
      })),
    },
  };
}

async function loadCounted(
  sql: Sql,
  eventTypes: readonly string[] | null,
  { now, countedSeconds, withCountable = false }: { now: Date; countedSeconds: number; withCountable?: boolean },
): Promise<(eventType: string, datacenter: string) => readonly LaneCount[] | null> {
  const from = hourOf(new Date(now.getTime() - countedSeconds * 1000));
  const counts = await loadLaneCounts(sql, { from, to: now, eventTypes });
  const countable = withCountable ? await loadCountableLanes(sql) : new Set<string>();
  return (eventType, datacenter) =>
    counts.get(eventType)?.get(datacenter) ?? (countable.has(laneName(eventType, datacenter)) ? [] : null);
}

/** A drill's clock runs on while messages are in transit at real speed: a real minute is not silence. In drill time. */
function forgivenMs(speed: number): number {
  return speed > 1 ? 60_000 * speed : 0;
}

async function loadDatacenters(sql: Sql, now: Date): Promise<(DatacenterNow & { id: number })[]> {
  return sql.rows<DatacenterNow & { id: number }>(
    `SELECT id, name, last_seen_at AS "lastSeenAt", greatest(active_from, claimed_at) AS "watchedFrom" FROM datacenter
      WHERE claimed_at IS NOT NULL AND active_from <= $1 AND (active_to IS NULL OR active_to > $1) ORDER BY name`,
    [now],
  );
}

async function loadDeployments(sql: Sql, now: Date): Promise<DeploymentNow[]> {
  return sql.rows<DeploymentNow>(
    `SELECT p.id::text, d.name AS datacenter, p.component, p.version, p.deployed_at AS "deployedAt"
       FROM deployment p LEFT JOIN datacenter d ON d.id = p.datacenter_id
      WHERE p.deployed_at BETWEEN $1 AND $2 ORDER BY p.deployed_at DESC, p.id DESC`,
    [addHours(now, -deploymentHours), now],
  );
}
