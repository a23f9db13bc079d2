import { parseDuration } from "#domain/duration.ts";

type Written = string | number;

const waits = "1m 2m 5m 10m 15m 20m 30m 45m 60m 90m 2h 3h 4h 6h 8h 12h 18h 24h 36h 2d 3d 4d 5d 6d 7d".split(" ");
const deadlineShares = percents(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 120, 150, 200);
const chances = Array.from({ length: 19 }, (_, at) => `${5 * (at + 1)}%`);
const smallShares = percents(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50);
const wholes = percents(50, 80, 90, 95, 98, 99, 99.5, 99.8, 99.9, 99.95, 99.99, 99.999);
const events = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000, 1_000_000];
const volumes = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.25, 1.5, 2, 3, 5, 10];
const regressions = [1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 10];

/** Thresholds to choose from, ascending, in the notation of the current one; null: it cannot be moved by steps. */
export function thresholdSteps(metric: string, current: unknown): Written[] | null {
  if (typeof current !== "string" && typeof current !== "number") return null;
  const value = orderOf(current);
  if (value === null) return null;
  const others = stepsOf(metric, current).filter((step) => orderOf(step) !== value);
  return [...others, current].sort((a, b) => (orderOf(a) ?? 0) - (orderOf(b) ?? 0));
}

function stepsOf(metric: string, current: Written): readonly Written[] {
  const isTime = typeof current === "string" && parseDuration(current) !== null;
  if (isTime) return waits;
  if (metric === "closing_delay") return deadlineShares;
  if (metric === "breach_probability") return chances;
  if (metric === "completeness") return wholes;
  if (metric === "lost" && typeof current === "number" && current >= 1) return events;
  if (metric === "reporters_missing") return events;
  if (metric === "volume_ratio") return volumes;
  if (metric === "deployment_regression") return regressions;
  return smallShares;
}

/** For ordering only: seconds, a share, or the number itself. */
function orderOf(written: Written): number | null {
  if (typeof written === "number") return Number.isFinite(written) ? written : null;
  const percent = /^([\d.]+) ?%$/.exec(written)?.[1];
  return percent === undefined ? parseDuration(written) : Number(`${percent}e-2`);
}

function percents(...shares: number[]): string[] {
  return shares.map((share) => `${share}%`);
}
