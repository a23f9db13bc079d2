import { addHours, type Hour, hourEnd, hourOf } from "#domain/hour.ts";
import type { Miscount } from "./incidents.ts";
import { logNormal, poisson, randomAt, shareOf } from "./random.ts";
import { rhythmAt } from "./rhythm.ts";
import type { Lane, Simulation } from "./simulation.ts";
import { type Travel, travelOf } from "./travel.ts";

const hourMs = 3_600_000;
// An exporter that rolls its file over takes a few late ones along into the next hour.
const usualSkew = 0.000_02;

/** What an incident did to the hour's events. */
export interface Effect {
  incidentId: string;
  /** Never produced. */
  missing: number;
  lost: number;
  duplicated: number;
  skewed: number;
  /** Lost ones come back, into the hour of that instant. */
  returnsAt: Date | null;
}

/** Everything that will ever be true of one (event type, datacenter, hour). */
export interface HourPlan {
  lane: Lane;
  hour: Hour;
  produced: number;
  /** For good; what a dead host gives back later is not among them. */
  lost: number;
  duplicated: number;
  /** Delivered into the next hour; what comes back later is not among them. */
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
      .filter(({ kind }) => (kind === "traffic-drop") === isDrop)
      .flatMap((incident) => effectOf(seed, lane, incident, hour, events));
  const drops = effectsOn(wanted, true);
  const produced = Math.max(0, wanted - drops.reduce((total, { missing }) => total + missing, 0));
  const effects = [...drops, ...effectsOn(produced, false)];
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

/** Cumulative counts as the reporters know them at an instant. */
export interface Counts {
  produced: number;
  published: number;
  /** By the hour that they landed in; the hour itself first. */
  delivered: { landedHour: Hour; events: number }[];
}

export function countsAt(plan: HourPlan, at: Date): Counts {
  const { hour, travel } = plan;
  const part = (throughMs: number) => Math.min(1, Math.max(0, (throughMs - hour.getTime()) / hourMs));
  const atMs = at.getTime();
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
    produced: Math.floor(plan.produced * part(atMs)),
    published: Math.floor(inTime * published) + back.reduce((sum, { lost }) => sum + lost, 0),
    delivered: landed.length === 2 ? landed : mergeLanded(landed),
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
  const from = Math.max(hour.getTime(), incident.fromAt.getTime());
  const to = Math.min(hourEnd(hour).getTime(), incident.toAt.getTime());
  if (to <= from) return [];
  const random = randomAt(seed, `${incident.id}/${lane.type.name}/${lane.dc.name}`, hour);
  const hit = shareOf(random, events, (incident.share * (to - from)) / hourMs);
  return [
    {
      incidentId: incident.id,
      missing: incident.kind === "traffic-drop" ? hit : 0,
      lost: incident.kind === "host-loss" ? hit : 0,
      duplicated: incident.kind === "retry-storm" ? hit : 0,
      skewed: incident.kind === "clock-skew" ? hit : 0,
      returnsAt: incident.returnsAt,
    },
  ];
}
