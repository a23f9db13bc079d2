import { formatDuration } from "#components/ui/duration.ts";
import type { BoardDatacenterJson } from "#domain/api/board.ts";

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

/** Where an instant is in the six hours before another, 0 to 1; null: before them. */
export function placeOfInstant(at: string, asOf: string): number | null {
  const place = 1 - (Date.parse(asOf) - Date.parse(at)) / shownMs;
  return place < 0 || place > 1 ? null : place;
}
