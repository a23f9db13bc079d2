import type { LaneSigns } from "./lane-signs.ts";

/**
 * The features for a lane's probability of being open at an instant, besides how long its hours usually stay open. In this order. NaN:
 * unknown.
 */
const featureNames = [
  "late share of the datacenter's last hours",
  "late share of the type's last hours",
  "deviation of the datacenter's newest hours",
  "watermarks' lag at the datacenter",
  "backlog",
  "share not delivered, of many",
  "events not delivered",
  "any event not delivered",
  "age of the own watermark",
  "projected delay",
  "remaining time until the watermark must move",
] as const;

export const featureCount = featureNames.length;
export const projectionFeature = featureCount - 2;
export const standingFeature = featureCount - 1;

/** The course of the last hours, as seen from the instant of the signs. */
export interface LaneSurroundings {
  datacenterLate: number;
  typeLate: number;
  surprise: number;
}

// Counts up to this many events; of more, only the share matters.
const fewEvents = 20;
const mostProjection = 2;
// Watermarks are reported every few minutes at best.
const leastAgeMs = 60_000;
const mostStanding = 5;
const projectionGraceMs = 5 * 60_000;

/** All but the last two, which depend on the instant asked about. */
export function writeFeatures(into: Float64Array, at: number, around: LaneSurroundings, signs: LaneSigns): void {
  const { produced, undelivered, lag, backlog, watermarkAgeMs } = signs;
  into[at] = around.datacenterLate;
  into[at + 1] = around.typeLate;
  into[at + 2] = around.surprise;
  into[at + 3] = lag ?? Number.NaN;
  into[at + 4] = backlog ?? Number.NaN;
  into[at + 5] =
    produced === null || undelivered === null || undelivered <= fewEvents
      ? Number.NaN
      : Math.log(undelivered / Math.max(produced, 1));
  into[at + 6] = undelivered === null ? Number.NaN : Math.log1p(Math.min(undelivered, fewEvents));
  into[at + 7] = undelivered === null ? Number.NaN : Math.min(undelivered, 1);
  into[at + 8] = watermarkAgeMs === null ? Number.NaN : Math.log(Math.max(watermarkAgeMs, leastAgeMs) / leastAgeMs);
}

/** The projected delay relative to the one asked about: 0 if equal, above 0 if the lane will be later. */
export function projectionAt({ projectedDelayMs }: LaneSigns, delayMs: number): number {
  if (projectedDelayMs === null) return Number.NaN;
  const ratio = Math.max(projectedDelayMs + projectionGraceMs, 1) / Math.max(delayMs, 1);
  return Math.min(Math.max(Math.log(ratio), -mostProjection), mostProjection);
}

/**
 * Minus the logarithm of how many times its current wait the oldest missing event would have to reach for the lane to be open that long
 * after the hour's end. What is an hour late is more likely to become two hours late than what is a minute late.
 */
export function standingAt({ watermarkAgeMs }: LaneSigns, waitedMs: number, delayMs: number): number {
  if (watermarkAgeMs === null) return Number.NaN;
  const ageMs = Math.max(watermarkAgeMs, leastAgeMs);
  return -Math.min(Math.log1p(Math.max(delayMs - waitedMs, 0) / ageMs), mostStanding);
}
