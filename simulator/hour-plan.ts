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
  /** The part of the hour that it lasts: events of other times are spared. */
  fromMs: number;
  toMs: number;
  /** Lost events come back, into the hour of that instant. */
  returnsAt: Date | null;
}

/** The complete plan of one (event type, datacenter, hour). */
export interface HourPlan {
  lane: Lane;
  hour: Hour;
  /** What would have been sent without an incident. */
  wanted: number;
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
  const deaths = deathsIn(lane, { hour, wanted, effects: drops });
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
    wanted,
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
  const { lane, hour, travel, effects } = plan;
  const atMs = at.getTime();
  const endMs = hourEnd(hour).getTime();
  const byHost = lane.type.expectReporters ? hosts.map((_, host) => countedBy(host, plan, atMs)) : null;
  const publishedMs = at >= plan.publishedAt ? endMs : travel.publishedThroughMs(atMs);
  const deliveredMs = at >= plan.countedAt ? endMs : travel.deliveredThroughMs(atMs, 0.5);
  const skewed = Math.floor(
    (plan.skewed - sumOf(effects, (effect) => effect.skewed)) * partOf(hour, deliveredMs) +
      sumOf(effects, (effect) => effect.skewed * passed(effect, deliveredMs)),
  );
  const back = effects.filter(({ returnsAt, lost }) => returnsAt && lost > 0 && at >= returnsAt);
  const landed = [
    { landedHour: hour, events: Math.max(0, passedThrough(plan, deliveredMs) - skewed) },
    { landedHour: addHours(hour, 1), events: skewed },
    ...back.map(({ returnsAt, lost }) => ({ landedHour: hourOf(returnsAt ?? hour), events: lost })),
  ];
  return {
    produced: byHost ? sumOf(byHost, (events) => events) : acceptedThrough(plan, atMs),
    byHost,
    isOver: atMs >= endMs,
    published: passedThrough(plan, publishedMs) + sumOf(back, ({ lost }) => lost),
    delivered: landed.length === 2 ? landed : mergeLanded(landed),
  };
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

/** Of the hour's events up to an event time, how many leave the hosts: without the lost, with the doubled. */
function passedThrough(plan: HourPlan, throughMs: number): number {
  const { lane, effects } = plan;
  const counted = lane.type.expectReporters
    ? sumOf(hosts, (host) => countedBy(hosts.indexOf(host), plan, throughMs))
    : acceptedThrough(plan, throughMs);
  const left = counted + sumOf(effects, (effect) => (effect.duplicated - effect.lost) * passed(effect, throughMs));
  // In a small type's first minute a part of an event may be lost before one was accepted.
  return Math.max(0, Math.floor(left));
}

function partOf(hour: Hour, throughMs: number): number {
  return Math.min(1, Math.max(0, (throughMs - hour.getTime()) / hourMs));
}

/** The share of what an incident does to the hour that it has done to events up to an event time. */
function passed({ fromMs, toMs }: Effect, throughMs: number): number {
  return Math.min(1, Math.max(0, (throughMs - fromMs) / (toMs - fromMs)));
}

type Accepting = Pick<HourPlan, "hour" | "wanted" | "effects">;

/** The number of the hour's events up to an event time that the datacenter's hosts accept. */
function acceptedThrough({ hour, wanted, effects }: Accepting, throughMs: number): number {
  const missing = sumOf(effects, (effect) => effect.missing * passed(effect, throughMs));
  return Math.max(0, Math.floor(wanted * partOf(hour, throughMs) - missing));
}

/** One host's part of it: together the hosts accept each event once. */
function acceptedBy(host: number, accepting: Accepting, throughMs: number): number {
  const all = acceptedThrough(accepting, throughMs);
  const upTo = (count: number) => Math.floor((all * count) / hosts.length);
  return upTo(host + 1) - upTo(host);
}

/** The same without what it accepted while it was dead. */
function countedBy(host: number, plan: HourPlan, throughMs: number): number {
  const by = (ms: number) => acceptedBy(host, plan, Math.min(ms, throughMs));
  return plan.lane.miscounts
    .filter(({ kind, cause }) => kind === "dead-host" && cause.instance === hosts[host])
    .reduce((counted, { fromAt, toAt }) => counted - (by(toAt.getTime()) - by(fromAt.getTime())), by(throughMs));
}

/** For a type that is counted in one place a single dead host has no effect: another takes its traffic. */
function deathsIn(lane: Lane, accepting: Accepting): Effect[] {
  if (!lane.type.expectReporters) return [];
  return lane.miscounts.flatMap((incident) => {
    const host = hosts.findIndex((each) => each === incident.cause.instance);
    if (incident.kind !== "dead-host" || host < 0) return [];
    const uncounted =
      acceptedBy(host, accepting, incident.toAt.getTime()) - acceptedBy(host, accepting, incident.fromAt.getTime());
    const none = { missing: 0, lost: 0, duplicated: 0, skewed: 0, returnsAt: null };
    return uncounted === 0
      ? []
      : [{ ...none, ...overlap(incident, accepting.hour), incidentId: incident.id, uncounted }];
  });
}

function overlap({ fromAt, toAt }: Miscount, hour: Hour): { fromMs: number; toMs: number } {
  return {
    fromMs: Math.max(hour.getTime(), fromAt.getTime()),
    toMs: Math.min(hourEnd(hour).getTime(), toAt.getTime()),
  };
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
  const { fromMs, toMs } = overlap(incident, hour);
  if (toMs <= fromMs) return [];
  const random = randomAt(seed, `${incident.id}/${lane.type.name}/${lane.dc.name}`, hour);
  const during = (toMs - fromMs) / hourMs;
  // No more than there are meanwhile: chance could hit a small type harder.
  const hit = Math.min(shareOf(random, events, incident.share * during), Math.ceil(events * during));
  return [
    {
      incidentId: incident.id,
      fromMs,
      toMs,
      missing: incident.kind === "traffic-drop" ? hit : 0,
      uncounted: 0,
      lost: incident.kind === "host-loss" ? hit : 0,
      duplicated: incident.kind === "retry-storm" ? hit : 0,
      skewed: incident.kind === "clock-skew" ? hit : 0,
      returnsAt: incident.returnsAt,
    },
  ];
}
