import type { LagHistoryJson } from "#domain/api/lateness.ts";

const hourSeconds = 3_600;
/** Upper ends of the scale, in hours: each can be halved in round figures. */
const tops = [1, 2, 4, 6, 8, 12, 24, 48];

/** The scale's upper end in seconds. */
export function chartTop(lags: readonly (number | null)[]): number {
  const most = lags.reduce<number>((top, lag) => Math.max(top, lag ?? 0), 0);
  const top = tops.find((hours) => hours * hourSeconds >= most);
  return (top ?? Math.ceil(most / (24 * hourSeconds)) * 24) * hourSeconds;
}

interface Span {
  firstMs: number;
  lastMs: number;
}

/** From the first point to the last. */
export function chartSpan({ from, stepSeconds, lagSeconds }: LagHistoryJson): Span {
  const firstMs = Date.parse(from);
  return { firstMs, lastMs: firstMs + (lagSeconds.length - 1) * stepSeconds * 1000 };
}

/** Where an instant is on the axis, 0 to 1; null: outside. */
export function placeOn({ firstMs, lastMs }: Span, at: string): number | null {
  const place = (Date.parse(at) - firstMs) / (lastMs - firstMs);
  return place < 0 || place > 1 ? null : place;
}

/** Whole hours to name on the axis: six or so. */
export function chartTicks({ firstMs, lastMs }: Span): { at: string; place: number }[] {
  const stepMs = Math.max(1, Math.round((lastMs - firstMs) / 6 / 3_600_000)) * 3_600_000;
  const ticks: { at: string; place: number }[] = [];
  for (let ms = Math.ceil(firstMs / stepMs) * stepMs; ms <= lastMs; ms += stepMs) {
    ticks.push({ at: new Date(ms).toISOString(), place: (ms - firstMs) / (lastMs - firstMs) });
  }
  return ticks;
}

/** The index of the point nearest to a place on the axis. */
export function pointAt({ lagSeconds }: LagHistoryJson, place: number): number {
  return Math.round(Math.min(1, Math.max(0, place)) * (lagSeconds.length - 1));
}
