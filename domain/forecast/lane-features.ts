import type { LaneSigns } from "./lane-signs.ts";

/**
 * What a lane's chance to be open at an instant is weighed by, beside how long its hours usually stay open. In this order. NaN: not known.
 */
export const featureNames = [
  "late share of the datacenter's last hours",
  "late share of the type's last hours",
  "surprise at the datacenter's newest hours",
  "watermarks' lag at the datacenter",
  "backlog",
  "share not delivered, of many",
  "events not delivered",
  "any event not delivered",
  "age of the own watermark",
  "projected delay",
  "how much longer the watermark must stand",
] as const;

export const featureCount = featureNames.length;
export const projectionFeature = featureCount - 2;
export const standingFeature = featureCount - 1;

/** How the last hours went, as seen from the instant that the signs are of. */
export interface LaneSurroundings {
  datacenterLate: number;
  typeLate: number;
  surprise: number;
}

// So few events are counted; of more, the share tells and one more or less says nothing.
const fewEvents = 20;
const mostProjection = 2;
// Watermarks are said every few minutes at best.
const leastAgeMs = 60_000;
const mostStanding = 5;
const projectionGraceMs = 5 * 60_000;

/** All but the last two, which depend on the instant that is asked about. */
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

/** The projected delay against the one that is asked about: 0 when they are equal, above 0 when the lane will be later. */
export function projectionAt({ projectedDelayMs }: LaneSigns, delayMs: number): number {
  if (projectedDelayMs === null) return Number.NaN;
  const ratio = Math.max(projectedDelayMs + projectionGraceMs, 1) / Math.max(delayMs, 1);
  return Math.min(Math.max(Math.log(ratio), -mostProjection), mostProjection);
}

/**
 * How many times as long as it has been waited for by now the oldest missing event must stay away, if the lane is to be open so long after
 * the hour's end: minus its logarithm. What has been late for an hour is late for two more often than what has been for a minute.
 */
export function standingAt({ watermarkAgeMs }: LaneSigns, waitedMs: number, delayMs: number): number {
  if (watermarkAgeMs === null) return Number.NaN;
  const ageMs = Math.max(watermarkAgeMs, leastAgeMs);
  return -Math.min(Math.log1p(Math.max(delayMs - waitedMs, 0) / ageMs), mostStanding);
}
