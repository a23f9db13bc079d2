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
  "share not delivered",
  "events not delivered",
  "projected delay",
] as const;

export const featureCount = featureNames.length;
export const projectionFeature = featureCount - 1;

/** How the last hours went, as seen from the instant that the signs are of. */
export interface LaneSurroundings {
  datacenterLate: number;
  typeLate: number;
  surprise: number;
}

// Beyond so many events, one more or less says nothing.
const mostStragglers = Math.log1p(20);
const mostProjection = 2;
const projectionGraceMs = 5 * 60_000;

/** All but the last, which depends on the instant that is asked about. */
export function writeFeatures(into: Float64Array, at: number, around: LaneSurroundings, signs: LaneSigns): void {
  const { produced, undelivered, lag, backlog } = signs;
  into[at] = around.datacenterLate;
  into[at + 1] = around.typeLate;
  into[at + 2] = around.surprise;
  into[at + 3] = lag ?? Number.NaN;
  into[at + 4] = backlog ?? Number.NaN;
  into[at + 5] =
    produced === null || undelivered === null ? Number.NaN : Math.log((undelivered + 0.5) / (produced + 1));
  into[at + 6] = undelivered === null ? Number.NaN : Math.min(Math.log1p(undelivered), mostStragglers);
}

/** The projected delay against the one that is asked about: 0 when they are equal, above 0 when the lane will be later. */
export function projectionAt({ projectedDelayMs }: LaneSigns, delayMs: number): number {
  if (projectedDelayMs === null) return Number.NaN;
  const ratio = Math.max(projectedDelayMs + projectionGraceMs, 1) / Math.max(delayMs, 1);
  return Math.min(Math.max(Math.log(ratio), -mostProjection), mostProjection);
}
