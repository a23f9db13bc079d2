import { formatDuration } from "#components/ui/duration.ts";
import type { BoardDatacenterJson } from "#domain/api/board.ts";
import type { SparklineAhead } from "./sparkline.tsx";

/** An hour: types whose watermarks are reported once an hour are that far behind when all is well. */
export const leastTopSeconds = 3_600;

const shownMs = 6 * 3_600_000;

/** "Lag of sjc over the last 6 h: now 62 min, at most 95 min." */
export function lagLabel({
  name,
  lags,
  lagSeconds,
}: Pick<BoardDatacenterJson, "name" | "lags" | "lagSeconds">): string {
  const known = lags.filter((lag) => lag !== null);
  if (known.length === 0) return `Lag of ${name} over the last 6 h: unknown.`;
  const now = lagSeconds === null ? "unknown" : formatDuration(lagSeconds);
  return `Lag of ${name} over the last 6 h: now ${now}, at most ${formatDuration(Math.max(...known))}.`;
}

/** Six hours as a share of an axis that goes on after them; at least half of it. */
interface LagAxis {
  asOf: string;
  /** The newest point’s place, 0 to 1. */
  now: number;
}

/** Where an instant of the six hours before another is on the axis, 0 to 1; null: before them. */
export function placeOfInstant(at: string, { asOf, now }: LagAxis): number | null {
  const place = now * (1 - (Date.parse(asOf) - Date.parse(at)) / shownMs);
  return place < 0 || place > 1 ? null : place;
}

/** How far the axis goes on for an expected recovery, at most for another six hours; null: none is ahead. */
export function recoveryOnAxis(recovery: { p50At: string; p90At: string } | null, asOf: string): SparklineAhead | null {
  if (recovery === null) return null;
  const ahead = (at: string) => Math.min(shownMs, Math.max(0, Date.parse(at) - Date.parse(asOf)));
  const [p50, p90] = [ahead(recovery.p50At), ahead(recovery.p90At)];
  if (p90 === 0) return null;
  const whole = shownMs + p90;
  return { now: shownMs / whole, p50: (shownMs + p50) / whole, p90: 1 };
}
