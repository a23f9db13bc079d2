import type { Trouble } from "#domain/alert/reading.ts";
import { troubleOf } from "#simulator/drill/truth.ts";
import { type Incident, isThrottle } from "#simulator/incidents.ts";
import { countedAfterMs, type LaneTruth, type StoryTruth } from "./story-truth.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const settleMs = 15 * minuteMs;
/** Judging, holding and grouping take minutes. */
const noticedWithinMs = 10 * minuteMs;
/** Silences and standstills this long are beyond every limit. */
const longMs = 30 * minuteMs;
/** Shares of one datacenter's hour by tier, as the rules that the product starts with have them. */
const limits = {
  high: { counts: 0.001, skew: 0.005 },
  normal: { counts: 0.01, skew: 0.01 },
  low: { counts: 0.01, skew: 0.02 },
};
/** So far beyond the limit that it is no chance, whatever the count. */
const clearly = 3;
const leastEvents = 10;

/** Something that people must be notified of. */
export interface Harm {
  dc: string;
  trouble: Trouble;
  text: string;
  /** From then on an incident has to say so. */
  dueMs: number;
}

/** What a world's incidents do that no one may overlook: clearly beyond the limits, so that nothing depends on the product's own. */
export function harmsOf(truth: StoryTruth): Harm[] {
  return truth.world.incidents.flatMap((incident) => {
    const found = isThrottle(incident) ? delays(incident, truth) : miscounts(incident, truth);
    return found.map(({ text, knownMs }) => ({
      dc: incident.dc,
      trouble: troubleOf[incident.kind],
      text,
      dueMs: knownMs + noticedWithinMs,
    }));
  });
}

/** When the last hour that an incident touches is final: before that its harm cannot be seen. */
export function settledMs(truth: StoryTruth): number {
  const ends = truth.world.incidents.flatMap((incident) =>
    touchedHours(incident, truth).map(({ closesAtMs }) => closesAtMs + settleMs),
  );
  return Math.max(0, ...ends);
}

interface Known {
  text: string;
  knownMs: number;
}

function delays(incident: Incident & { rate: number }, truth: StoryTruth): Known[] {
  const found: Known[] = [];
  for (const { eventType, hour, lane, deadlineAtMs } of touchedHours(incident, truth))
    if (lane.closesAtMs > deadlineAtMs + minuteMs)
      found.push({ text: `${eventType} ${hour} missed its deadline`, knownMs: deadlineAtMs + minuteMs });
  const fromMs = incident.fromAt.getTime();
  const lastsMs = incident.toAt.getTime() - fromMs;
  if (incident.kind === "dc-silent" && lastsMs > longMs)
    found.push({ text: `${incident.dc} sent nothing for long`, knownMs: fromMs + longMs });
  return found;
}

function miscounts(incident: Incident, truth: StoryTruth): Known[] {
  return touchedHours(incident, truth).flatMap(
    ({ eventType, hour, hourMs: startMs, lane, closesAtMs, tier, hosts }) => {
      const knownMs = closesAtMs + settleMs;
      const is = (count: number, of: number, limit: number) => count >= leastEvents && count > clearly * limit * of;
      const { counts, skew } = limits[tier];
      if (incident.kind === "host-loss" && is(lane.lost - lane.duplicated, lane.produced, counts))
        return [
          {
            text: `${eventType} ${hour} lost ${lane.lost} of ${lane.produced}`,
            knownMs: Math.max(knownMs, incident.toAt.getTime() + countedAfterMs),
          },
        ];
      if (incident.kind === "retry-storm" && is(lane.duplicated - lane.lost, lane.produced, counts))
        return [{ text: `${eventType} ${hour} has ${lane.duplicated} of ${lane.produced} twice`, knownMs }];
      if (incident.kind === "clock-skew" && is(lane.skewed, lane.produced, skew))
        return [{ text: `${eventType} ${hour} has ${lane.skewed} of ${lane.produced} in other hours`, knownMs }];
      const isWithin = incident.fromAt.getTime() <= startMs && incident.toAt.getTime() >= startMs + hourMs;
      if (incident.kind === "dead-host" && hosts && isWithin)
        return [{ text: `${eventType} ${hour} is missing a host`, knownMs: startMs + hourMs + settleMs }];
      return [];
    },
  );
}

interface Touched {
  eventType: string;
  hour: string;
  hourMs: number;
  tier: keyof typeof limits;
  hosts: boolean;
  lane: LaneTruth;
  closesAtMs: number;
  deadlineAtMs: number;
}

/** The hours in which it happens or that it holds up, of its types. */
function touchedHours(incident: Incident, truth: StoryTruth): Touched[] {
  const firstMs = Math.floor(incident.fromAt.getTime() / hourMs) * hourMs - hourMs;
  return truth.types
    .filter(({ name }) => incident.eventTypes === null || incident.eventTypes.includes(name))
    .flatMap(({ name, tier, expectReporters }) => {
      const found: Touched[] = [];
      for (let at = firstMs; at < incident.toAt.getTime(); at += hourMs) {
        const { lanes, closesAtMs, deadlineAtMs } = truth.hour(name, at);
        const lane = lanes.find(({ dc }) => dc === incident.dc);
        const hour = new Date(at).toISOString().slice(0, 13);
        const terms = { eventType: name, tier, hosts: expectReporters, hour, hourMs: at, closesAtMs, deadlineAtMs };
        if (lane) found.push({ ...terms, lane });
      }
      return found;
    });
}
