import type { ThresholdKind } from "#domain/alert/threshold-kinds.ts";
import { parseDuration } from "#domain/duration.ts";
import { metricNamed } from "./rule-words.ts";

type Written = string | number;

/** Thresholds to choose from, ascending, in the notation of the current one; null: it cannot be moved by steps. */
export function thresholdSteps(metric: string, current: unknown): Written[] | null {
  const kind = metricNamed(metric)?.threshold;
  if (!kind || (typeof current !== "string" && typeof current !== "number")) return null;
  const value = orderOf(current);
  if (value === null) return null;
  const others = stepsOf(kind, current).filter((step) => orderOf(step) !== value);
  return [...others, current].sort((a, b) => (orderOf(a) ?? 0) - (orderOf(b) ?? 0));
}

/** The steps in the unit of the current one; while it cannot be read, in the usual unit. */
function stepsOf({ read, steps }: ThresholdKind, current: Written): readonly Written[] {
  const unit = read(current)?.unit;
  return (unit && steps[unit]) ?? Object.values(steps)[0] ?? [];
}

/** For ordering only: seconds, a share, or the number itself. */
function orderOf(written: Written): number | null {
  if (typeof written === "number") return Number.isFinite(written) ? written : null;
  const percent = /^([\d.]+) ?%$/.exec(written)?.[1];
  return percent === undefined ? parseDuration(written) : Number(`${percent}e-2`);
}
