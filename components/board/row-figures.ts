import { formatDuration } from "#components/ui/duration.ts";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { median } from "#domain/median.ts";
import { decodeStrip } from "#domain/strip.ts";

/** A row's probability of missing the deadline; null: unknown, or missed already. */
export function percentOf({ forecast, delaySeconds, deadlineSeconds }: CompactBoardRowJson): number | null {
  if (forecast === null || (delaySeconds !== null && delaySeconds > deadlineSeconds)) return null;
  return Math.round(forecast.breachProbability * 100);
}

/** The share of its deadline that the oldest open hour has used, 0 to 1. */
export function usedShare({ delaySeconds, deadlineSeconds }: CompactBoardRowJson): number {
  return delaySeconds === null ? 0 : Math.min(1, Math.max(0, delaySeconds) / deadlineSeconds);
}

export interface Trend {
  direction: "slower" | "faster";
  /** Of the medians. */
  bySeconds: number;
}

const recentHours = 4;
const fewestBefore = 8;
const leastSeconds = 300;

/**
 * Whether its last hours closed slower or faster than those of the day before: medians, of four against the rest. null:
 * too few hours closed, or the difference is below five minutes and below a quarter of the usual delay.
 */
export function trendOf(row: Pick<CompactBoardRowJson, "states" | "delays" | "missed">): Trend | null {
  const delays = decodeStrip(row).flatMap((cell) =>
    cell?.closingDelaySeconds == null ? [] : [cell.closingDelaySeconds],
  );
  const recent = delays.slice(-recentHours);
  const before = delays.slice(0, -recentHours);
  if (recent.length < recentHours || before.length < fewestBefore) return null;
  const usual = median(before) ?? 0;
  const difference = (median(recent) ?? 0) - usual;
  if (Math.abs(difference) < Math.max(leastSeconds, usual / 4)) return null;
  return { direction: difference > 0 ? "slower" : "faster", bySeconds: Math.abs(difference) };
}

export function trendText({ direction, bySeconds }: Trend): string {
  return `${formatDuration(bySeconds)} ${direction}`;
}
