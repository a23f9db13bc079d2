import type { BacklogFact, InstanceFact, LaneToExplain, StageCounts } from "#domain/explain.ts";
import { addHours, hourEnd } from "#domain/hour.ts";
import type { Citation } from "#domain/source.ts";
import type { DatacenterEvidence } from "#domain/verdict.ts";
import { countsAround, type LaneCounts } from "#server/sources/index.ts";
import type { Mark } from "./load-gauges.ts";
import { type LaneHistory, type LaneHour, laneKey, usualHours } from "./load-lane-history.ts";
import { type Peers, peerKey } from "./load-peers.ts";
import { laneHourKey, type Skew } from "./load-skews.ts";
import type { VerdictToExplain } from "./load-verdicts-to-explain.ts";

/** Facts about all the lanes, by their keys. */
export interface LaneSources {
  history: LaneHistory;
  marks: ReadonlyMap<string, Mark>;
  backlogs: ReadonlyMap<string, BacklogFact[]>;
  datacenters: ReadonlyMap<string, Date | null>;
  instances: ReadonlyMap<string, InstanceFact[]>;
  peers: ReadonlyMap<string, Peers>;
  skews: ReadonlyMap<string, Skew>;
  /** By laneHourKey: lane and hour. */
  counts: LaneCounts;
  citations: ReadonlyMap<string, readonly Citation[]>;
  now: Date;
}

const neighbourHours = 6;

/** One expected datacenter of one hour, assembled from what was loaded for all. */
export function laneOf(datacenter: DatacenterEvidence, verdict: VerdictToExplain, sources: LaneSources): LaneToExplain {
  const { name, closedAt, known } = datacenter;
  const { eventTypeId, hour } = verdict;
  const key = laneKey(eventTypeId, name);
  const hours = sources.history.get(key) ?? [];
  const mark = sources.marks.get(key);
  const skew = sources.skews.get(laneHourKey(eventTypeId, name, hour));
  const near = (from: number, to: number) =>
    hours.filter((each) => each.hour >= addHours(hour, from) && each.hour <= addHours(hour, to));
  return {
    datacenter: name,
    closedAt,
    watermark: mark?.watermark ?? null,
    watermarkMovedAt: mark?.observedAt ?? null,
    lastSeenAt: sources.datacenters.get(name) ?? null,
    known,
    reporters: reportersOf(datacenter),
    counts: {
      produced: toNumber(datacenter.produced),
      published: toNumber(datacenter.published),
      delivered: toNumber(datacenter.delivered),
    },
    countsSince: sumOf(near(0, neighbourHours - 1)),
    skewed: skew?.skewed ?? 0,
    usualSkewedShare: skew?.usualShare ?? null,
    usualDelay: usualDelayOf(near(-usualHours, -1)),
    closings: near(-neighbourHours, neighbourHours)
      .filter((each) => hourEnd(each.hour) <= sources.now)
      .map((each) => ({ hour: each.hour, closedAt: each.closedAt })),
    backlogs: sources.backlogs.get(key) ?? [],
    instances: sources.instances.get(name) ?? [],
    counted: countsAround(sources.counts, { eventType: verdict.eventType, datacenter: name, hour }),
    cited: sources.citations.get(laneHourKey(eventTypeId, name, hour)) ?? [],
    peers: peersOf(sources.peers.get(peerKey(hour, name)), eventTypeId),
  };
}

function reportersOf({ reportersExpected, reportersMissing }: DatacenterEvidence): LaneToExplain["reporters"] {
  return reportersExpected === null ? null : { expected: reportersExpected, missing: reportersMissing ?? 0 };
}

function peersOf(peers: Peers | undefined, eventTypeId: number): LaneToExplain["peers"] {
  const others = (ids: readonly number[]) => ids.filter((id) => id !== eventTypeId).length;
  return { types: others(peers?.types ?? []), late: others(peers?.late ?? []) };
}

function usualDelayOf(hours: readonly LaneHour[]): LaneToExplain["usualDelay"] {
  const delays = hours
    .flatMap(({ hour, closedAt }) => (closedAt ? (closedAt.getTime() - hourEnd(hour).getTime()) / 1000 : []))
    .sort((a, b) => a - b);
  if (delays.length === 0) return null;
  const at = (share: number) => Math.max(0, delays[Math.floor(share * (delays.length - 1))] ?? 0);
  return { p50Seconds: at(0.5), p90Seconds: at(0.9), hours: delays.length };
}

/** Unknown if no hour is known; else the sum over the hours in which the stage is known. */
function sumOf(hours: readonly LaneHour[]): StageCounts {
  const sum = (of: (hour: LaneHour) => number | null) => {
    const known = hours.flatMap((hour) => of(hour) ?? []);
    return known.length === 0 ? null : known.reduce((total, each) => total + each, 0);
  };
  return {
    produced: sum(({ produced }) => produced),
    published: sum(({ published }) => published),
    delivered: sum(({ delivered }) => delivered),
  };
}

function toNumber(count: bigint | null): number | null {
  return count === null ? null : Number(count);
}
