import type { SituationJson } from "#domain/api/situation.ts";
import type { Clock } from "#domain/clock.ts";
import type { Observed } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import type { IncidentListener } from "./listener.ts";
import { type AffectedConsumers, loadAffectedConsumers } from "./load-affected-consumers.ts";
import { type ExtentRow, loadExtents } from "./load-extents.ts";
import { type ImpactRow, loadImpacts } from "./load-impacts.ts";

export interface ObservedIncident {
  id: bigint;
  /** What is said so far, as stored; null: it is being opened. */
  said: SituationJson | null;
  revision: number;
  seen: Omit<Observed, "diagnosis" | "deployed">;
}

/** What incidents touch now, what it costs and why no one is notified: one statement each, however many incidents. */
export async function observeIncidents(
  sql: Sql,
  ids: readonly bigint[],
  { clock, listener }: { clock: Clock; listener: IncidentListener },
): Promise<ObservedIncident[]> {
  if (ids.length === 0) return [];
  const extents = await loadExtents(sql, ids);
  const impacts = await loadImpacts(sql, ids, clock.now());
  const consumers = await loadAffectedConsumers(sql, ids);
  const muted = await listener.findMuted(sql, { clock, incidentIds: ids });
  return extents.map((row) => {
    const impact = impacts.get(row.id);
    return {
      id: row.id,
      said: row.situation,
      revision: row.revision,
      seen: {
        causeKey: row.causeKey,
        openedAt: row.openedAt,
        resolved: row.resolvedAt && { at: row.resolvedAt, by: row.resolvedBy ?? "" },
        firing: row.firing,
        extent: extentOf(row, impact),
        impact: impactOf(impact, consumers.get(row.id)),
        risksAt: impact?.risksAt ?? [],
        muted: muted.get(row.id) ?? null,
      },
    };
  });
}

function extentOf(row: ExtentRow, impact: ImpactRow | undefined): Observed["extent"] {
  const { datacenters, eventTypes, eventTypeCount } = row;
  if (!impact) return { datacenters, eventTypes, eventTypeCount, hours: null };
  const { first, last, affected, eventTypeCount: types, final, accepted, lossy } = impact;
  const hours = { first, last, affected, eventTypeCount: types, final, accepted, lossy };
  return { datacenters, eventTypes, eventTypeCount, hours };
}

function impactOf(impact: ImpactRow | undefined, consumers: AffectedConsumers | undefined): Observed["impact"] {
  const { missedDeadlines = 0, lost = 0, duplicated = 0, produced = null } = impact ?? {};
  const waiting = consumers ?? { consumers: [], consumerCount: 0 };
  return { missedDeadlines, lost, duplicated, produced, ...waiting };
}
