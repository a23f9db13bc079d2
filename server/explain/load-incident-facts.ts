import { addHours, hourOf } from "#domain/hour.ts";
import { readCauseKey } from "#domain/incident.ts";
import type { HourFigures, IncidentFacts, LaneFacts, PlaceFacts } from "#domain/situation/facts.ts";
import type { Sql } from "#server/db/database.ts";
import { loadUsualDelays } from "#server/facts/index.ts";
import { loadCitations } from "#server/sources/index.ts";
import { readLastIngest, telemetryAgeSeconds } from "#server/verdicts/index.ts";
import { loadBacklogs } from "./load-gauges.ts";
import { loadIncidentHours } from "./load-incident-hours.ts";
import { type IncidentLane, loadIncidentLanes } from "./load-incident-places.ts";
import { laneKey } from "./load-lane-history.ts";
import { loadDeploymentsNear, loadFirstDeployment, loadInstances, type PlacedInstance } from "./load-places.ts";
import { loadSamples, type PlaceMinutes } from "./load-samples.ts";
import { loadUsualProduced } from "./load-usual.ts";

export interface IncidentToDiagnose {
  id: bigint;
  causeKey: string;
  openedAt: Date;
}

/** How long before the page a delay may have begun that is not pinned yet. */
const lookBackHours = 8;
/** What was usual before the onset. */
const beforeOnsetMs = 70 * 60_000;
/** How often something is deployed is learned from a week. */
const deploymentHours = 168;

/**
 * What domain/situation needs of an incident: one statement for each kind of fact, however many lanes and hours. `onsetAt`: when it
 * began, if that is pinned.
 */
export async function loadIncidentFacts(
  sql: Sql,
  incident: IncidentToDiagnose,
  { onsetAt, now }: { onsetAt: Date | null; now: Date },
): Promise<IncidentFacts> {
  const key = readCauseKey(incident.causeKey);
  const { openedAt } = incident;
  const lanes = key.trouble === "blind" ? [] : await loadIncidentLanes(sql, incident.id, key);
  const hours = await loadIncidentHours(sql, incident.id, key);
  const from = sampledFrom({ openedAt, onsetAt, hours });
  const around = onsetAt ?? openedAt;
  const ids = [...new Set(lanes.map(({ eventTypeId }) => eventTypeId))];
  const learnFrom = ids
    .slice(0, 6)
    .flatMap((eventTypeId) => [1, 2].map((ago) => ({ eventTypeId, hour: addHours(hourOf(now), -ago) })));
  const runningHours = lanes.map((lane) => ({ ...lane, hour: hourOf(now), closedAt: null }));
  const weekAgo = addHours(around, -deploymentHours);
  const [samples, delays, backlogs, cited, instances, deployments, deployedFirst, usualProduced, { lastIngestAt }] =
    await Promise.all([
      loadSamples(sql, lanes, { from, around, now }),
      loadUsualDelays(sql, ids, hourOf(around)),
      loadBacklogs(sql, ids),
      loadCitations(sql, runningHours),
      learnFrom.length === 0 ? [] : loadInstances(sql, learnFrom),
      loadDeploymentsNear(sql, weekAgo, now),
      loadFirstDeployment(sql),
      key.trouble === "volume" ? loadUsualProduced(sql, ids, { from, now }) : new Map<string, Map<number, number>>(),
      readLastIngest(sql, now),
    ]);
  const measured = new Map(lanes.map((lane, index) => [lane, cited[index]?.find(({ fact }) => fact === "watermark")]));
  const placeOf = (datacenter: string): PlaceFacts =>
    toPlace(datacenter, {
      lanes: lanes.filter((lane) => lane.datacenter === datacenter),
      minutes: samples.get(datacenter),
      instances: instances.filter((each) => each.datacenter === datacenter),
      hours: hours.get(datacenter) ?? [],
      laneFacts: (lane, columns) => ({
        eventType: lane.eventType,
        isNamed: lane.isNamed,
        measuredBy: measured.get(lane) ?? null,
        usualDelay: delays.get(lane.eventTypeId)?.get(datacenter) ?? null,
        backlogs: backlogs.get(laneKey(lane.eventTypeId, datacenter)) ?? [],
        usualProduced: usualProduced.get(laneKey(lane.eventTypeId, datacenter)) ?? new Map(),
        samples: columns,
      }),
    });
  const names = new Set([...lanes.map(({ datacenter }) => datacenter), ...hours.keys()]);
  return {
    now,
    openedAt,
    trouble: key.trouble,
    eventType: key.eventType,
    places: [...names].sort().map(placeOf),
    deployments,
    // Before the first that was ever reported, that none is known says nothing.
    deploymentsFrom: deployedFirst !== null && deployedFirst > weekAgo ? deployedFirst : weekAgo,
    telemetryAgeSeconds: telemetryAgeSeconds(lastIngestAt, now),
  };
}

interface PlaceParts {
  lanes: readonly IncidentLane[];
  minutes: PlaceMinutes | undefined;
  instances: readonly PlacedInstance[];
  hours: readonly HourFigures[];
  laneFacts(lane: IncidentLane, samples: LaneFacts["samples"]): LaneFacts;
}

function toPlace(datacenter: string, { lanes, minutes, instances, hours, laneFacts }: PlaceParts): PlaceFacts {
  return {
    datacenter,
    atMs: minutes?.atMs ?? [],
    heardMs: minutes?.heardMs ?? [],
    lanes: lanes.flatMap((lane) => {
      const columns = minutes?.lanes.get(laneKey(lane.eventTypeId, datacenter));
      return columns ? laneFacts(lane, columns) : [];
    }),
    instances,
    hours,
  };
}

function sampledFrom({
  openedAt,
  onsetAt,
  hours,
}: {
  openedAt: Date;
  onsetAt: Date | null;
  hours: ReadonlyMap<string, readonly HourFigures[]>;
}): Date {
  const starts = [...hours.values()].flat().map(({ hour }) => hour.getTime());
  const earliest = onsetAt?.getTime() ?? Math.min(addHours(openedAt, -lookBackHours).getTime(), ...starts);
  return new Date(earliest - beforeOnsetMs);
}
