import type { InstanceFact, TroubledHour } from "#domain/explain.ts";
import { addHours, hourOf } from "#domain/hour.ts";
import type { Citation } from "#domain/source.ts";
import type { VerdictState } from "#domain/verdict.ts";
import type { Sql } from "#server/db/database.ts";
import { loadCitations, loadLaneCounts } from "#server/sources/index.ts";
import { type HourKey, readLastIngest, telemetryAgeSeconds } from "#server/verdicts/index.ts";
import { laneOf } from "./lane-of.ts";
import { loadBacklogs, loadMarks } from "./load-gauges.ts";
import { loadLaneHistory } from "./load-lane-history.ts";
import { loadPeers } from "./load-peers.ts";
import { loadDatacenters, loadDeploymentsNear, loadInstances } from "./load-places.ts";
import { laneHourKey, loadSkews } from "./load-skews.ts";
import { loadVerdictsToExplain, type VerdictToExplain } from "./load-verdicts-to-explain.ts";

/** A rollout that began this long before the first hour may still slow it. */
const deploymentsBeforeHours = 8;

/**
 * What domain/explain needs of the hours, one statement per kind of fact however many hours. Hours without a verdict are
 * omitted. The result is in the keys' order, whatever that is.
 */
export async function loadTroubledHours(sql: Sql, keys: readonly HourKey[], now: Date): Promise<TroubledHour[]> {
  const verdicts = await loadVerdictsToExplain(sql, keys);
  if (verdicts.length === 0) return [];
  const ids = [...new Set(verdicts.map(({ eventTypeId }) => eventTypeId))];
  const hours = verdicts.map(({ hour }) => hour.getTime());
  const [first, last] = [new Date(Math.min(...hours)), new Date(Math.max(...hours))];
  const [
    history,
    marks,
    backlogs,
    datacenters,
    instances,
    deployments,
    peers,
    skews,
    citations,
    counts,
    { lastIngestAt },
  ] = await Promise.all([
    loadLaneHistory(sql, ids, first, last),
    loadMarks(sql, ids),
    loadBacklogs(sql, ids),
    loadDatacenters(sql),
    loadInstances(sql, verdicts),
    loadDeploymentsNear(sql, addHours(first, -deploymentsBeforeHours), now),
    loadPeers(sql, verdicts, now),
    loadSkews(sql, verdicts),
    loadHourCitations(sql, verdicts),
    loadLaneCounts(sql, {
      from: first,
      to: addHours(last, 1),
      eventTypes: [...new Set(verdicts.map(({ eventType }) => eventType))],
    }),
    readLastIngest(sql, now),
  ]);
  const places = { datacenters, instances: byDatacenter(instances), peers };
  const sources = { history, marks, backlogs, ...places, skews, citations, counts, now };
  return verdicts.map((verdict) => ({
    eventType: verdict.eventType,
    hour: verdict.hour,
    now,
    state: stateNow(verdict, now),
    deadlineAt: verdict.deadlineAt,
    closedAt: verdict.closedAt,
    breachProbability: verdict.closedAt ? null : verdict.breachProbability,
    maxLost: verdict.maxLost,
    maxDuplicated: verdict.maxDuplicated,
    telemetryAgeSeconds: telemetryAgeSeconds(lastIngestAt, now),
    lanes: verdict.datacenters.map((datacenter) => laneOf(datacenter, verdict, sources)),
    deployments: deployments.filter(
      ({ deployedAt }) =>
        deployedAt >= addHours(verdict.hour, -deploymentsBeforeHours) && deployedAt <= (verdict.closedAt ?? now),
    ),
  }));
}

/** Judging lags by moments; a change that time alone causes shows here at once. */
function stateNow({ state, hour, deadlineAt, closedAt }: VerdictToExplain, now: Date): VerdictState {
  if (closedAt || (state !== "closing" && state !== "open")) return state;
  if (hourOf(now) <= hour) return "open";
  return now > deadlineAt ? "late" : "closing";
}

function byDatacenter(instances: readonly (InstanceFact & { datacenter: string })[]): Map<string, InstanceFact[]> {
  return Map.groupBy(instances, ({ datacenter }) => datacenter);
}

/** By laneHourKey: the sources of what the hours' datacenters are known by. */
async function loadHourCitations(
  sql: Sql,
  verdicts: readonly VerdictToExplain[],
): Promise<ReadonlyMap<string, readonly Citation[]>> {
  const lanes = verdicts.flatMap(({ eventTypeId, eventType, hour, datacenters }) =>
    datacenters.map(({ name, closedAt }) => ({ eventTypeId, eventType, datacenter: name, hour, closedAt })),
  );
  const cited = await loadCitations(sql, lanes);
  return new Map(
    lanes.map(({ eventTypeId, datacenter, hour }, index) => [
      laneHourKey(eventTypeId, datacenter, hour),
      cited[index] ?? [],
    ]),
  );
}
