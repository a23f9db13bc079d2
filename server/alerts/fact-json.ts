import { type HourLane, type HourNow, type LaneNow, unknownLane } from "#domain/alert.ts";
import type { Stage } from "#domain/protocol.ts";
import { parseLanes } from "#server/verdicts/index.ts";

// Hundreds of types come as one row each, with lanes and hours as JSON. Instants in milliseconds.

export interface LaneJson {
  datacenter: string;
  watermarkMs: number | null;
  movedMs: number | null;
  gauges:
    | { stage: number; oldestAgeSeconds: number; messages: number | null; retentionSeconds: number | null }[]
    | null;
}

/** Arguments of json_build_object: a LaneJson of datacenter `d`, its watermark `w` and gauges `b`. */
export const laneMembers = `
  'datacenter', d.name, 'watermarkMs', date_part('epoch', w.watermark) * 1000, 'movedMs', date_part('epoch', w.observed_at) * 1000,
  'gauges', b.gauges`;

/** The judge's figures of an hour, as judgedMembers packs them. */
export interface JudgedJson
  extends Pick<HourNow, "state" | "produced" | "delivered" | "lost" | "duplicated" | "skewed" | "known"> {
  hourMs: number;
  deadlineMs: number;
  closedMs: number | null;
}

/** Arguments of json_build_object: a JudgedJson of the verdict `v`. */
export const judgedMembers = `
  'hourMs', date_part('epoch', v.hour) * 1000, 'state', v.state, 'deadlineMs', date_part('epoch', v.deadline_at) * 1000,
  'closedMs', date_part('epoch', v.closed_at) * 1000, 'produced', v.produced, 'delivered', v.delivered, 'lost', v.lost,
  'duplicated', v.duplicated, 'skewed', v.skewed, 'known', v.known`;

export interface HourJson extends JudgedJson {
  breachProbability: number | null;
  closesMs: number | null;
  /** For parseLanes; null: not needed. */
  lanes: unknown;
  /** A datacenter's share in the skew is wanted. */
  asksSkews: boolean;
}

const stages: readonly Stage[] = ["produced", "published", "delivered"];

export function toLaneNow({ datacenter, watermarkMs, movedMs, gauges }: LaneJson): LaneNow {
  return {
    ...unknownLane,
    datacenter,
    watermark: instant(watermarkMs),
    movedAt: instant(movedMs),
    backlogs: (gauges ?? []).map(({ stage, ...gauge }) => ({ ...gauge, stage: stages[stage - 1] ?? "delivered" })),
  };
}

export interface HourTerms {
  settleSeconds: number;
  /** By datacenter. */
  skews: Readonly<Record<string, number>>;
}

export function toHourNow(json: HourJson, { settleSeconds, skews }: HourTerms): HourNow {
  const { hourMs, deadlineMs, closedMs, breachProbability, closesMs, lanes, asksSkews, ...judged } = json;
  const closesAt = instant(closesMs);
  return {
    ...judged,
    hour: new Date(hourMs),
    deadlineAt: new Date(deadlineMs),
    closedAt: instant(closedMs),
    settledAt: closedMs === null ? null : new Date(closedMs + settleSeconds * 1000),
    forecast: breachProbability === null || !closesAt ? null : { breachProbability, closesAt },
    lanes: lanes === null ? [] : hourLanesOf(lanes, asksSkews ? skews : null),
  };
}

function hourLanesOf(stored: unknown, skews: HourTerms["skews"] | null): HourLane[] {
  return parseLanes(stored).map((lane) => ({
    datacenter: lane.name,
    closedAt: lane.closedAt,
    produced: asNumber(lane.produced),
    published: asNumber(lane.published),
    delivered: Number(lane.delivered),
    lost: Number(lane.lost),
    duplicated: Number(lane.duplicated),
    skewed: skews && (skews[lane.name] ?? 0),
    reportersExpected: lane.reportersExpected,
    reportersMissing: lane.reportersMissing,
  }));
}

function asNumber(count: bigint | null): number | null {
  return count === null ? null : Number(count);
}

function instant(ms: number | null): Date | null {
  return ms === null ? null : new Date(Math.round(ms));
}
