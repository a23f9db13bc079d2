import { usualLimitSeconds } from "#domain/explain/delays.ts";
import type { BacklogFact, LaneToExplain } from "#domain/explain.ts";
import { addHours, type Hour, hourEnd, hourOf } from "#domain/hour.ts";
import type { LaneFacts } from "#domain/situation/facts.ts";
import { type Counts, countsAt, type HourPlan, planHour } from "../hour-plan.ts";
import { isThrottle } from "../incidents.ts";
import { feltUntil } from "../moving-hours.ts";
import { lastHeardAt } from "../reachability.ts";
import { reporters, reportsOf } from "../reporters.ts";
import type { Lane, Simulation } from "../simulation.ts";
import { travelOf, watermarkAt } from "../travel.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** As the product samples: the hours that are not closed, and at least these. */
const runningHours = 2;
const mostHours = 24;
const producers = reporters.filter(({ stage }) => stage === "produced");

interface Columns {
  markMs: number[];
  fromHourMs: number[];
  produced: number[];
  published: number[];
  delivered: number[];
  skewed: number[];
}

export interface LaneCounts {
  produced: number;
  published: number;
  delivered: number;
  skewed: number;
}

/** One lane's samples, minute by minute, as the product would have them. */
export class LaneRecorder {
  readonly lane: Lane;
  readonly samples: Columns = { markMs: [], fromHourMs: [], produced: [], published: [], delivered: [], skewed: [] };
  readonly usualDelay: NonNullable<LaneToExplain["usualDelay"]>;
  /** Further behind than this is later than usual. */
  readonly limitMs: number;
  /** When the watermark last moved. */
  movedMs = 0;
  backlogs: BacklogFact[] = [];
  isNamed = false;
  readonly #simulation: Simulation;
  readonly #plans = new Map<number, HourPlan>();
  readonly #settled = new Map<number, LaneCounts>();
  readonly #hasMuteHosts: boolean;

  constructor(simulation: Simulation, lane: Lane) {
    this.#simulation = simulation;
    this.lane = lane;
    this.usualDelay = usualDelayOf(simulation, lane);
    this.limitMs = usualLimitSeconds(this) * 1000;
    this.#hasMuteHosts = simulation.incidents.some(({ kind, dc }) => kind === "host-loss" && dc === lane.dc.name);
  }

  planOf(hourStartMs: number): HourPlan {
    let plan = this.#plans.get(hourStartMs);
    if (!plan) {
      plan = planHour(this.#simulation, this.lane, new Date(hourStartMs));
      this.#plans.set(hourStartMs, plan);
    }
    return plan;
  }

  /** The minute's sample; a silent datacenter's repeats the last. */
  record(atMs: number, isSilent: boolean): void {
    const last = this.samples.markMs.length - 1;
    const mark = isSilent && last >= 0 ? (this.samples.markMs[last] as number) : this.#markAt(atMs);
    if (mark !== this.samples.markMs[last]) this.movedMs = atMs;
    const current = Math.floor(atMs / hourMs) * hourMs;
    const unclosed = Math.floor(mark / hourMs) * hourMs;
    const fromHour = Math.max(current - mostHours * hourMs, Math.min(current - runningHours * hourMs, unclosed));
    const sum = { produced: 0, published: 0, delivered: 0, skewed: 0 };
    const saidMs = isSilent ? (this.#heardMs ?? atMs) : atMs;
    for (let hour = fromHour; hour <= current; hour += hourMs) {
      const counts = this.countsOf(hour, saidMs);
      sum.produced += counts.produced;
      sum.published += counts.published;
      sum.delivered += counts.delivered;
      sum.skewed += counts.skewed;
    }
    this.samples.markMs.push(mark);
    this.samples.fromHourMs.push(fromHour);
    this.samples.produced.push(sum.produced);
    this.samples.published.push(sum.published);
    this.samples.delivered.push(sum.delivered);
    this.samples.skewed.push(sum.skewed);
    if (isSilent) return;
    this.#heardMs = atMs;
    this.#gauge(atMs, mark, sum);
  }
  #heardMs: number | null = null;

  /** An hour's counts as reported by an instant. */
  countsOf(hourStartMs: number, atMs: number): LaneCounts {
    const settled = this.#settled.get(hourStartMs);
    if (settled) return settled;
    const plan = this.planOf(hourStartMs);
    const at = new Date(atMs);
    const { produced, published, delivered } = countsAt(plan, at);
    let [landed, skewed] = [0, 0];
    for (const { landedHour, events } of delivered) {
      landed += events;
      if (landedHour.getTime() !== hourStartMs) skewed += events;
    }
    const reported = this.#hasMuteHosts ? this.#reportedAt(plan, at) : produced;
    const counts = { produced: reported, published, delivered: landed, skewed };
    const isOver = at >= plan.closesAt && at >= plan.publishedAt && atMs >= hourStartMs + hourMs;
    if (isOver && !this.#hasMuteHosts) this.#settled.set(hourStartMs, counts);
    return counts;
  }

  /** A dead host's counts stay what it last said. */
  #reportedAt(plan: HourPlan, at: Date): number {
    const { incidents } = this.#simulation;
    const now = countsAt(plan, at);
    let sum = 0;
    for (const { instance } of producers) {
      const heardAt = lastHeardAt(incidents, this.lane.dc.name, instance, at);
      const known: Counts = heardAt === at ? now : countsAt(plan, heardAt);
      for (const { events } of reportsOf(plan, known, instance)) sum += events;
    }
    return sum;
  }

  #markAt(atMs: number): number {
    for (let hour = Math.floor(atMs / hourMs) * hourMs; ; hour -= hourMs) {
      const through = this.planOf(hour).travel.deliveredThroughMs(atMs, 1);
      if (through >= hour) return Math.min(Math.floor(through), hour + hourMs);
      if (hour < this.#simulation.startAt.getTime()) return hour;
    }
  }

  /** Further behind than usual, and further than it would be by itself. */
  isDelayed(atMs: number, mark: number): boolean {
    if (atMs - mark <= this.limitMs) return false;
    const calm: Lane = { ...this.lane, beforeQueue: [], beforePartition: [] };
    return mark < watermarkAt(this.#simulation, calm, new Date(atMs)).getTime() - minuteMs;
  }

  #gauge(atMs: number, mark: number, sum: LaneCounts): void {
    const observedAt = new Date(atMs);
    const { travel } = this.planOf(Math.floor(mark / hourMs) * hourMs);
    const gauge = (stage: BacklogFact["stage"], messages: number, oldestMs: number): BacklogFact => {
      const ageMs = messages === 0 ? 0 : Math.max(0, atMs - oldestMs);
      return { stage, messages, oldestAgeSeconds: Math.round(ageMs / 1000), observedAt };
    };
    this.backlogs = [gauge("delivered", Math.max(0, sum.published - sum.delivered), travel.publishedAtMs(mark))];
    const isCut = this.#simulation.incidents.some(
      (incident) =>
        incident.kind === "network-cut" &&
        isThrottle(incident) &&
        this.lane.beforeQueue.includes(incident) &&
        incident.fromAt.getTime() <= atMs &&
        feltUntil(incident).getTime() >= atMs,
    );
    if (!isCut) return;
    this.backlogs.push(gauge("published", Math.max(0, sum.produced - sum.published), travel.publishedThroughMs(atMs)));
  }

  facts(usualProduced: ReadonlyMap<number, number>, isNamed: boolean): LaneFacts {
    const { usualDelay, backlogs, samples } = this;
    return { eventType: this.lane.type.name, isNamed, usualDelay, backlogs, measuredBy: null, samples, usualProduced };
  }
}

function usualDelayOf(simulation: Simulation, lane: Lane): NonNullable<LaneToExplain["usualDelay"]> {
  const calm: Lane = { ...lane, beforeQueue: [], beforePartition: [] };
  const delays: number[] = [];
  for (let back = 1; back <= 24; back++) {
    const hour: Hour = addHours(hourOf(simulation.liveAt), -back);
    const end = hourEnd(hour).getTime();
    delays.push((travelOf(simulation, calm, hour).deliveredAtMs(end, 1) - end) / 1000);
  }
  delays.sort((a, b) => a - b);
  const at = (share: number) => delays[Math.floor(share * (delays.length - 1))] as number;
  return { p50Seconds: at(0.5), p90Seconds: at(0.9), hours: delays.length };
}
