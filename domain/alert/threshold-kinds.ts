import { formatDuration, parseDuration } from "../duration.ts";
import { readShare } from "../percent.ts";

/**
 * seconds: a duration. deadlineShare: a share of the type's deadline (0.8). share: 0 to 1. events: a count, also of reporters. ratio: a
 * multiple.
 */
export type ThresholdUnit = "seconds" | "deadlineShare" | "share" | "events" | "ratio";

export interface Threshold {
  readonly unit: ThresholdUnit;
  readonly value: number;
}

/** How a metric's threshold is written in a file and offered in a form. */
export interface ThresholdKind {
  /** Completes "threshold …". */
  readonly must: string;
  readonly read: (written: unknown) => Threshold | null;
  /** What a form offers, the usual unit first. */
  readonly units: readonly FormUnit[];
  /** By unit, the values that a slider offers, as a file writes them. */
  readonly steps: Partial<Record<ThresholdUnit, readonly (string | number)[]>>;
  /** What a count is of, where its sentence does not say so itself. */
  readonly noun?: string;
}

/** Durations in their units, or one unit by its label. */
export type FormUnit = "duration" | { percent: string } | { plain: string };

const smallShares = percents(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50);

export const durationSteps =
  "1m 2m 5m 10m 15m 20m 30m 45m 60m 90m 2h 3h 4h 6h 8h 12h 18h 24h 36h 2d 3d 4d 5d 6d 7d".split(" ");
export const countSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000, 1_000_000];

export const duration: ThresholdKind = {
  must: "must be a duration above 0, like 30m",
  read: readSeconds,
  units: ["duration"],
  steps: { seconds: durationSteps },
};

export function share(steps: readonly string[] = smallShares): ThresholdKind {
  return {
    must: 'must be a share above 0 and up to 1, like 0.5, or a percentage like "50%"',
    read: (written) => thresholdIn("share", readShare(written) || null),
    units: [{ percent: "%" }],
    steps: { share: steps },
  };
}

export function thresholdIn(unit: ThresholdUnit, value: number | null): Threshold | null {
  return value === null ? null : { unit, value };
}

export function readSeconds(written: unknown): Threshold | null {
  return thresholdIn("seconds", (typeof written === "string" && parseDuration(written)) || null);
}

export function readCount(written: unknown): Threshold | null {
  return thresholdIn("events", Number.isSafeInteger(written) && Number(written) >= 1 ? Number(written) : null);
}

/** A number above 0, and up to 1,000. */
export function readRatio(written: unknown): number | null {
  return typeof written === "number" && written > 0 && written <= 1_000 ? written : null;
}

export function percents(...shares: number[]): string[] {
  return shares.map((each) => `${each}%`);
}

/** As written in a file: `90m`, `80%`, `12`. */
export function formatThreshold({ unit, value }: Threshold): string {
  if (unit === "seconds") return formatDuration(value);
  // A share has at most twelve decimals; rounding to them hides that 0.07 × 100 is 7.000000000000001.
  if (unit === "share" || unit === "deadlineShare") return `${Number((value * 100).toPrecision(12))}%`;
  return String(value);
}
