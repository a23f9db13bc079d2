import type { HourLane, HourNow, LaneNow } from "#domain/alert.ts";
import type { Stage } from "#domain/protocol.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { parseLanes } from "#server/verdicts/index.ts";

// Rows as the statement packs them: hundreds of types come as one row each, with tuples instead of objects.

/** Datacenter, watermark ms, when it moved ms, gauges of [stage, oldest age, messages]. */
export type LaneTuple = [string, number | null, number | null, [number, number, number | null][] | null];

/** hour ms, state, deadline ms, closed ms, five counts, known. */
export type JudgedTuple = [
  number,
  VerdictState,
  number,
  number | null,
  number,
  number,
  number,
  number,
  number,
  boolean,
];

/** The same, breach probability, closing p50 ms, lanes, skewed by datacenter. */
export type HourTuple = [...JudgedTuple, number | null, number | null, unknown, Record<string, number> | null];

const stages: readonly Stage[] = ["produced", "published", "delivered"];

export function laneOfTuple([datacenter, watermark, movedAt, gauges]: LaneTuple): LaneNow {
  return {
    datacenter,
    watermark: instant(watermark),
    movedAt: instant(movedAt),
    usualDelay: null,
    backlogs: (gauges ?? []).map(([stage, oldestAgeSeconds, messages]) => ({
      stage: stages[stage - 1] ?? "delivered",
      oldestAgeSeconds,
      messages,
    })),
  };
}

export function hourOfTuple(tuple: HourTuple, settleSeconds: number): HourNow {
  const [hourMs, state, deadlineMs, closedMs, produced, delivered, lost, duplicated, skewed, known, ...rest] = tuple;
  const [breachProbability, closesMs, lanes, skews] = rest;
  const closesAt = instant(closesMs);
  return {
    hour: new Date(hourMs),
    state,
    deadlineAt: new Date(deadlineMs),
    closedAt: instant(closedMs),
    settledAt: closedMs === null ? null : new Date(closedMs + settleSeconds * 1000),
    produced,
    delivered,
    lost,
    duplicated,
    skewed,
    known,
    forecast: breachProbability === null || !closesAt ? null : { breachProbability, closesAt },
    lanes: lanes === null ? [] : hourLanesOf(lanes, skews),
  };
}

function hourLanesOf(stored: unknown, skews: Record<string, number> | null): HourLane[] {
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
