import { addHours, type Hour, hourEnd, hourOf } from "#domain/hour.ts";
import { hosts, type Miscount } from "./incidents.ts";
import { logNormal, poisson, randomAt, shareOf } from "./random.ts";
import { rhythmAt } from "./rhythm.ts";
import type { Lane, Simulation } from "./simulation.ts";
import { type Travel, travelOf } from "./travel.ts";

const hourMs = 3_600_000;
// An exporter that rotates its file puts a few late events into the next hour.
const usualSkew = 0.000_02;

/** What an incident did to the hour's events. */
export interface Effect {
  incidentId: string;
  /** Never produced. */
  missing: number;
  /** Accepted by a host that neither counts nor publishes. */
  uncounted: number;
  lost: number;
  duplicated: number;
  skewed: number;
  /** Lost events come back, into the hour of that instant. */
  returnsAt: Date | null;
}

/** The complete plan of one (event type, datacenter, hour). */
export interface HourPlan {
  lane: Lane;
  hour: Hour;
  /** By all hosts, including those that count none of it. */
  accepted: number;
  /** The counted part of it. */
  produced: number;
  /** For good; excludes what a dead host returns later. */
  lost: number;
  duplicated: number;
  /** Delivered into the next hour; excludes what comes back later. */
  skewed: number;
  delivered: number;
  effects: readonly Effect[];
  /** Every event is in the queue, in the partition, and the watermark has passed the hour's end. */
  publishedAt: Date;
  countedAt: Date;
  closesAt: Date;
  travel: Travel;
}

export function planHour(simulation: Simulation, lane: Lane, hour: Hour): HourPlan {
  const { seed } = simulation.fleet;
  const random = randomAt(seed, `volume/${lane.type.name}/${lane.dc.name}`, hour);
  const usual = lane.type.eventsPerHour * lane.share * rhythmAt(lane.type.rhythm, lane.dc.timeZone, hour);
  const wanted = poisson(random, logNormal(random, usual, 0.05));
  const effectsOn = (events: number, isDrop: boolean) =>
    lane.miscounts
      .filter(({ kind }) => kind !== "dead-host" && (kind === "traffic-drop") === isDrop)
      .flatMap((incident) => effectOf(seed, lane, incident, hour, events));
  const drops = effectsOn(wanted, true);
  const accepted = Math.max(0, wanted - drops.reduce((total, { missing }) => total + missing, 0));
  const deaths = deathsIn(lane, hour, accepted);
  const produced = accepted - deaths.reduce((total, { uncounted }) => total + uncounted, 0);
  const effects = [...drops, ...deaths, ...effectsOn(produced, false)];
  const sum = (count: (effect: Effect) => number) => effects.reduce((total, effect) => total + count(effect), 0);
  const lost = sum((effect) => (effect.returnsAt ? 0 : effect.lost));
  const duplicated = sum((effect) => effect.duplicated);
  const skewed = Math.min(
    produced - sum((effect) => effect.lost),
    shareOf(random, produced, usualSkew) + sum((effect) => effect.skewed),
  );
  const travel = travelOf(simulation, lane, hour);
  const end = hourEnd(hour).getTime();
  return {
    lane,
    hour,
    accepted,
    produced,
    lost,
    duplicated,
    skewed,
    delivered: produced - lost + duplicated,
    effects,
    publishedAt: new Date(Math.ceil(travel.publishedAtMs(end))),
    countedAt: new Date(Math.ceil(travel.deliveredAtMs(end, 0.5))),
    closesAt: new Date(Math.ceil(travel.deliveredAtMs(end, 1))),
    travel,
  };
}

/** Cumulative counts as the reporters have them at an instant. */
export interface Counts {
  produced: number;
  /** Where each host counts by itself: each host's part. */
  byHost: readonly number[] | null;
  /** The hour has ended. */
  isOver: boolean;
  published: number;
  /** By the hour that they landed in; the hour itself first. */
  delivered: { landedHour: Hour; events: number }[];
}

export function countsAt(plan: HourPlan, at: Date): Counts {
  const { lane, hour, travel } = plan;
  const part = (throughMs: number) => partOf(hour, throughMs);
  const atMs = at.getTime();
  const byHost = lane.type.expectReporters
    ? hosts.map((_, host) => countedBy(host, lane, hour, plan.accepted, atMs))
    : null;
  const published = at >= plan.publishedAt ? 1 : part(travel.publishedThroughMs(atMs));
  const delivered = at >= plan.countedAt ? 1 : part(travel.deliveredThroughMs(atMs, 0.5));
  const away = plan.effects.filter(({ returnsAt, lost }) => returnsAt && lost > 0);
  const back = away.filter(({ returnsAt }) => returnsAt && at >= returnsAt);
  const inTime = plan.delivered - away.reduce((sum, { lost }) => sum + lost, 0);
  const landed = [
    { landedHour: hour, events: Math.floor((inTime - plan.skewed) * delivered) },
    { landedHour: addHours(hour, 1), events: Math.floor(plan.skewed * delivered) },
    ...back.map(({ returnsAt, lost }) => ({ landedHour: hourOf(returnsAt ?? hour), events: lost })),
  ];
  return {
    produced: byHost ? byHost.reduce((sum, events) => sum + events, 0) : Math.floor(plan.produced * part(atMs)),
    byHost,
    isOver: at >= hourEnd(hour),
    published: Math.floor(inTime * published) + back.reduce((sum, { lost }) => sum + lost, 0),
    delivered: landed.length === 2 ? landed : mergeLanded(landed),
  };
}

function partOf(hour: Hour, throughMs: number): number {
  return Math.min(1, Math.max(0, (throughMs - hour.getTime()) / hourMs));
}

/** The number of the hour's events that one host has accepted by then: together the hosts accept each event once. */
function acceptedBy(host: number, hour: Hour, accepted: number, atMs: number): number {
  const all = Math.floor(accepted * partOf(hour, atMs));
  const upTo = (count: number) => Math.floor((all * count) / hosts.length);
  return upTo(host + 1) - upTo(host);
}

/** The same without what it accepted while it was dead. */
function countedBy(host: number, lane: Lane, hour: Hour, accepted: number, atMs: number): number {
  const by = (ms: number) => acceptedBy(host, hour, accepted, Math.min(ms, atMs));
  return lane.miscounts
    .filter(({ kind, cause }) => kind === "dead-host" && cause.instance === hosts[host])
    .reduce((counted, { fromAt, toAt }) => counted - (by(toAt.getTime()) - by(fromAt.getTime())), by(atMs));
}

/** For a type that is counted in one place a single dead host has no effect: another takes its traffic. */
function deathsIn(lane: Lane, hour: Hour, accepted: number): Effect[] {
  if (!lane.type.expectReporters) return [];
  return lane.miscounts.flatMap((incident) => {
    const host = hosts.findIndex((each) => each === incident.cause.instance);
    if (incident.kind !== "dead-host" || host < 0) return [];
    const by = (at: Date) => acceptedBy(host, hour, accepted, at.getTime());
    const uncounted = by(incident.toAt) - by(incident.fromAt);
    const none = { missing: 0, lost: 0, duplicated: 0, skewed: 0, returnsAt: null };
    return uncounted === 0 ? [] : [{ ...none, incidentId: incident.id, uncounted }];
  });
}

function mergeLanded(rows: Counts["delivered"]): Counts["delivered"] {
  const byHour = new Map<number, Counts["delivered"][number]>();
  for (const row of rows) {
    const before = byHour.get(row.landedHour.getTime())?.events ?? 0;
    byHour.set(row.landedHour.getTime(), { landedHour: row.landedHour, events: before + row.events });
  }
  return [...byHour.values()];
}

function effectOf(seed: number, lane: Lane, incident: Miscount, hour: Hour, events: number): Effect[] {
  const from = Math.max(hour.getTime(), incident.fromAt.getTime());
  const to = Math.min(hourEnd(hour).getTime(), incident.toAt.getTime());
  if (to <= from) return [];
  const random = randomAt(seed, `${incident.id}/${lane.type.name}/${lane.dc.name}`, hour);
  const hit = shareOf(random, events, (incident.share * (to - from)) / hourMs);
  return [
    {
      incidentId: incident.id,
      missing: incident.kind === "traffic-drop" ? hit : 0,
      uncounted: 0,
      lost: incident.kind === "host-loss" ? hit : 0,
      duplicated: incident.kind === "retry-storm" ? hit : 0,
      skewed: incident.kind === "clock-skew" ? hit : 0,
      returnsAt: incident.returnsAt,
    },
  ];
}
